using System.Text.Json;
using GameDay.Kubernetes;

namespace GameDay.Faults.Agents;

/// <summary>What the agent wrote to its termination message: one line of JSON.</summary>
public sealed record AgentEvidence
{
    public string Verb { get; init; } = "";
    public string Id { get; init; } = "";
    public string State { get; init; } = "";
    public DateTimeOffset? At { get; init; }
    public string? Reason { get; init; }
    public double? BaselineMs { get; init; }
    public double? EffectMs { get; init; }
    public double? AddedDelayMs { get; init; }

    /// <summary>What was asked for, and what of the kernel does it.</summary>
    public string? Effect { get; init; }
    public string? By { get; init; }

    /// <summary>How the effect was seen, or why it was not.</summary>
    public string? MeasuredBy { get; init; }
    public string? NotMeasured { get; init; }

    /// <summary>New connections tried with the fault in place, and how many of them got no answer.</summary>
    public int? Attempts { get; init; }
    public int? Lost { get; init; }

    /// <summary>What the kernel counted: packets that met the fault, and dropped ones.</summary>
    public long? Packets { get; init; }
    public long? Dropped { get; init; }
    public string? Table { get; init; }
    public string? Qdisc { get; init; }
    public long? RemainingMs { get; init; }

    /// <summary>The target's processes before the fault and at the time of speaking, each by number, name and state.</summary>
    public string? ProcessesBefore { get; init; }
    public string? Processes { get; init; }
    public bool? Connected { get; init; }
    public double? Ms { get; init; }
    public string? Error { get; init; }

    /// <summary>Null when the text is not an agent's evidence, whatever else it is.</summary>
    public static AgentEvidence? Parse(string? text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) ? null : JsonSerializer.Deserialize<AgentEvidence>(text.Trim().Split('\n')[^1], KubernetesJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>How an agent container ended, and what it said.</summary>
/// <param name="Container">Its name; it stays in the pod's spec as long as the pod.</param>
/// <param name="Evidence">Null when it ended without a word.</param>
public sealed record AgentRun(string Container, int ExitCode, AgentEvidence? Evidence, string? Message);
