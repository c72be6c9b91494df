using GameDay.Domain;
using GameDay.Domain.Plugins;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Clusters;

/// <summary>Preflight of one cluster: does it answer, is halt in force there, is anything left, which permissions are held. Reads only.</summary>
public static class CheckCluster
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query(string Cluster, string Namespace) : IRequest<Answer>;

    /// <param name="Version">Null when it does not answer; <paramref name="Problem"/> says why.</param>
    public sealed record Answer(string Cluster, string? Version, string? Problem, bool? Halted, IReadOnlyList<Leftover>? Leftovers, IReadOnlyList<FaultCheck> Faults, DateTimeOffset At);

    public sealed record FaultCheck(string Kind, string Title, IReadOnlyList<string> Missing, int Held, string? Problem);

    public sealed class Handler(IClusters clusters, ITargets targets, ILedger ledger, IReadOnlyList<FaultKind> kinds, TimeProvider clock) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            var cluster = clusters.All.FirstOrDefault(c => c.Name == request.Cluster)?.Name ?? throw new RuleBroken("NotFound", $"There is no cluster '{request.Cluster}'.");
            var (version, problem) = await AskAsync(() => clusters.ProbeAsync(cluster, cancellationToken));
            if (version is null) return new(cluster, null, problem, null, null, [], clock.GetUtcNow());
            var (halted, _) = await AskAsync<bool?>(async () => await ledger.IsHaltedAsync(cluster, cancellationToken));
            var (left, _) = await AskAsync(() => ledger.SweepAsync(cluster, cancellationToken));
            var faults = new List<FaultCheck>();
            foreach (var kind in kinds) faults.Add(await CheckAsync(cluster, request.Namespace, kind, cancellationToken));
            return new(cluster, version, null, halted, left, faults, clock.GetUtcNow());
        }

        private async Task<FaultCheck> CheckAsync(string cluster, string ns, FaultKind kind, CancellationToken ct)
        {
            var (answers, problem) = await AskAsync(() => targets.AskPermissionsAsync(cluster, ns, kind.Permissions, ct));
            return answers is null ? new(kind.Id, kind.Title, [], 0, problem)
                : new(kind.Id, kind.Title, [.. answers.Where(a => !a.Allowed).Select(a => $"{a.Permission.Verb} {a.Permission.Resource}")], answers.Count(a => a.Allowed), null);
        }

        /// <summary>What cannot be known is shown as not known, with the reason.</summary>
        private static async Task<(T? Value, string? Problem)> AskAsync<T>(Func<Task<T>> ask)
        {
            try
            {
                return (await ask(), null);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                return (default, e.Message);
            }
        }
    }
}
