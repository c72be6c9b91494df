using System.Text.Json;
using System.Text.Json.Serialization;

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

    /// <summary>The nftables table of this injection, when it exists.</summary>
    public string? Table { get; init; }

    /// <summary>The root qdisc of this injection as <c>device handle kind</c>, when it exists.</summary>
    public string? Qdisc { get; init; }

    /// <summary>Until the kernel itself makes the fault inert; 0 once it is.</summary>
    public long? RemainingMs { get; init; }

    /// <summary>Whether <c>connect</c> got its connection.</summary>
    public bool? Connected { get; init; }

    /// <summary>How long <c>connect</c> took, in milliseconds.</summary>
    public double? Ms { get; init; }

    /// <summary>What the socket said instead.</summary>
    public string? Error { get => _error; init => _error = Short(value); }

    /// <summary>One line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, EvidenceJson.Default.Evidence);

    /// <summary>Adds what the injecting process measured: its baseline, and its effect unless a fresh one is given.</summary>
    public Evidence Measured(Evidence? injecting, double? fresh)
    {
        if (State != AgentState.Active || injecting is not { Verb: "inject", State: AgentState.Active } || injecting.Id != Id)
            return this;
        var effect = fresh ?? injecting.EffectMs;
        return this with
        {
            BaselineMs = injecting.BaselineMs,
            EffectMs = effect,
            AddedDelayMs = effect - injecting.BaselineMs is { } added ? Math.Round(added, 3) : null,
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
