using GameDay.Domain.People;
using GameDay.Domain.Plugins;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Api;

/// <summary>Everything of any GameDay that is still in a cluster, with how to undo it by hand.</summary>
public static class SweepClusters
{
    /// <param name="Cluster">Null: every configured one.</param>
    [Allow(Role.Facilitator | Role.Administrator)]
    public sealed record Query(string? Cluster = null) : IRequest<IReadOnlyList<Leftover>>;

    public sealed class Handler(ILedger ledger, IClusters clusters) : IRequestHandler<Query, IReadOnlyList<Leftover>>
    {
        public async Task<IReadOnlyList<Leftover>> Handle(Query request, CancellationToken cancellationToken)
        {
            var left = new List<Leftover>();
            foreach (var cluster in clusters.All.Where(c => request.Cluster is null || c.Name == request.Cluster)) left.AddRange(await ledger.SweepAsync(cluster.Name, cancellationToken));
            return left;
        }
    }
}
