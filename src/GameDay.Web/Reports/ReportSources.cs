using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Findings;
using GameDay.Domain.Plugins;

namespace GameDay.Web.Reports;

/// <summary>The records a report is made from.</summary>
public sealed record ReportSources(
    Exercise Exercise, IReadOnlyList<Run> Runs, IReadOnlyList<ProbeSample> Samples, IReadOnlyList<TimelineEntry> Timeline,
    IReadOnlyList<Finding> Findings, IReadOnlyList<OutboxMessage> Outbox, IReadOnlyList<Leftover> Leftovers, DateTimeOffset Now);
