using System.Text.Json;
using System.Text.Json.Serialization;
using GameDay.Agent.Network;

namespace GameDay.Agent;

/// <summary>What one verb saw and did: one line of JSON, at most 4 kB (the limit of a termination message).</summary>
public sealed record Evidence(string Verb, string Id, string State, DateTimeOffset At)
{
    private const int LongestText = 900;

    private readonly string? _reason;
    private readonly string? _error;

    /// <summary>Version of this shape.</summary>
    public int V { get; init; } = 1;

    /// <summary>Why refused, late, leaked or unreachable; for a person to read.</summary>
    public string? Reason { get => _reason; init => _reason = Short(value); }

    /// <summary>TCP connect time to the probe address before the fault, in milliseconds.</summary>
    public double? BaselineMs { get; init; }

    /// <summary>The same with the fault in place.</summary>
    public double? EffectMs { get; init; }

    /// <summary><see cref="EffectMs"/> minus <see cref="BaselineMs"/>.</summary>
    public double? AddedDelayMs { get; init; }

    /// <summary>What was asked for, in the words of the command line.</summary>
    public string? Effect { get; init; }

    /// <summary>What of the kernel does it: netem, tbf, nft or proxy.</summary>
    public string? By { get; init; }

    /// <summary>How the effect was seen: <c>connect</c> or <c>counters</c>; null when it was not.</summary>
    public string? MeasuredBy { get; init; }

    /// <summary>Why the effect was not seen; null when it was.</summary>
    public string? NotMeasured { get; init; }

    /// <summary>New connections to the probe address that were tried with the fault in place.</summary>
    public int? Attempts { get; init; }

    /// <summary>Of <see cref="Attempts"/>, those without an answer.</summary>
    public int? Lost { get; init; }

    /// <summary>Packets that met the effect, as the kernel counts.</summary>
    public long? Packets { get; init; }

    /// <summary>Packets dropped by the effect, as the kernel counts.</summary>
    public long? Dropped { get; init; }

    /// <summary>The nftables table of this injection, when it exists.</summary>
    public string? Table { get; init; }

    /// <summary>The root qdisc of this injection as <c>device handle kind</c>, when it exists.</summary>
    public string? Qdisc { get; init; }

    /// <summary>Until the kernel itself makes the fault inert; 0 once it is.</summary>
    public long? RemainingMs { get; init; }

    /// <summary>The target's processes before the fault, each by number, name and state.</summary>
    public string? ProcessesBefore { get; init; }

    /// <summary>The same now: state <c>t</c> is held by a tracer.</summary>
    public string? Processes { get; init; }

    /// <summary>Whether <c>connect</c> got its connection.</summary>
    public bool? Connected { get; init; }

    /// <summary>How long <c>connect</c> took, in milliseconds.</summary>
    public double? Ms { get; init; }

    /// <summary>What the socket said instead.</summary>
    public string? Error { get => _error; init => _error = Short(value); }

    /// <summary>What a rehearsal saw; its clock is <see cref="At"/>.</summary>
    public RehearsalFacts? Rehearsal { get; init; }

    /// <summary>One line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, EvidenceJson.Default.Evidence);

    /// <summary>Adds what was seen of the effect.</summary>
    public Evidence With(Measurement seen) => this with
    {
        MeasuredBy = seen.By,
        NotMeasured = seen.Not,
        EffectMs = seen.EffectMs,
        AddedDelayMs = seen.EffectMs - BaselineMs is { } added ? Math.Round(added, 3) : null,
        Attempts = seen.Attempts,
        Lost = seen.Lost,
        Packets = seen.Counters?.Packets,
        Dropped = seen.Counters?.Dropped,
    };

    /// <summary>Adds the kernel's counts of a fault's whole time; waiting for a rate is then seen, if it was not before.</summary>
    public Evidence With(EffectCounters? counted) => counted is null ? this : this with
    {
        Packets = counted.Packets,
        Dropped = counted.Dropped,
        MeasuredBy = MeasuredBy ?? (counted.Dropped + counted.Overlimits > 0 ? Measurement.KernelCounters : null),
        NotMeasured = counted.Dropped + counted.Overlimits > 0 ? null : NotMeasured,
    };

    /// <summary>Adds what the injecting process measured: its baseline, and its effect unless a fresh one is given.</summary>
    public Evidence Measured(Evidence? injecting, double? fresh)
    {
        if (State != AgentState.Active || injecting is not { Verb: "inject", State: AgentState.Active } || injecting.Id != Id)
            return this;
        var effect = fresh ?? injecting.EffectMs;
        return this with
        {
            Effect = injecting.Effect,
            By = injecting.By,
            BaselineMs = injecting.BaselineMs,
            EffectMs = effect,
            AddedDelayMs = effect - injecting.BaselineMs is { } added ? Math.Round(added, 3) : null,
            MeasuredBy = injecting.MeasuredBy,
            NotMeasured = injecting.NotMeasured,
            Attempts = Attempts ?? injecting.Attempts,
            Lost = Lost ?? injecting.Lost,
            Packets = Packets ?? injecting.Packets,
            Dropped = Dropped ?? injecting.Dropped,
            Reason = injecting.Reason,
        };
    }

    /// <summary>Null when the text is not evidence.</summary>
    public static Evidence? Parse(string json)
    {
        try
        {
            return json.Length == 0 ? null : JsonSerializer.Deserialize(json, EvidenceJson.Default.Evidence);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Short(string? text) => text is { Length: > LongestText } ? text[..LongestText] + "…" : text;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Evidence))]
internal sealed partial class EvidenceJson : JsonSerializerContext;
