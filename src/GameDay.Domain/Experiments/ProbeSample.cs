namespace GameDay.Domain.Experiments;

/// <summary>One reading of a probe. Kept outside the timeline, written in batches. Value null: no data, and Problem says why.</summary>
public sealed record ProbeSample(Guid RunId, string Probe, DateTimeOffset At, double? Value, bool InTolerance, string? Problem);
