using GameDay.Domain.Plugins;
using GameDay.Web.Reports;
using GameDay.Web.Reports.Composition;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Reports;

/// <summary>One exercise's report in one of its formats, written anew from the records.</summary>
public static class DownloadReport
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query(Guid ExerciseId, ReportFormat Format) : IRequest<ReportFile>;

    public sealed class Handler(ReportSourcesOf sources) : IRequestHandler<Query, ReportFile>
    {
        public async Task<ReportFile> Handle(Query query, CancellationToken cancellationToken) =>
            ReportFiles.Write(ReportComposer.Compose(await sources.LoadAsync(query.ExerciseId, cancellationToken)), query.Format);
    }
}

/// <summary>The records of an exercise, with what a sweep of its cluster still finds while it has not ended.</summary>
public sealed class ReportSourcesOf(ReportQuery records, ILedger ledger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<ReportSources> LoadAsync(Guid exerciseId, CancellationToken ct)
    {
        var sources = await records.LoadAsync(exerciseId, [], ct);
        return sources.Exercise is { StartedAt: not null, EndedAt: null } open ? sources with { Leftovers = await SweepAsync(open.Plan.Cluster, ct) } : sources;
    }

    private async Task<IReadOnlyList<Leftover>> SweepAsync(string cluster, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            return await ledger.SweepAsync(cluster, patience.Token);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // Not known is not "nothing left": the report says so.
            return [new Leftover(cluster, "not known, the cluster did not answer", e.Message, "", Ours: true, $"kubectl --context {cluster} -n gameday get configmaps -l app.kubernetes.io/managed-by=gameday")];
        }
    }
}
