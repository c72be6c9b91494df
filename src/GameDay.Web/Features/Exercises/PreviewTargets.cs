using GameDay.Domain;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Exercises;

/// <summary>The pods a selector means right now, by name. Reads only.</summary>
public static class PreviewTargets
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query(string Cluster, TargetSpec Targets, TargetKind Kind = TargetKind.Pod) : IRequest<Answer>;

    /// <param name="Problem">Why nothing could be resolved; null when pods are listed.</param>
    public sealed record Answer(int Matching, IReadOnlyList<Pod> Pods, string? Problem);

    public sealed record Pod(string Name, string? Node, string? Owner, bool Ready);

    public sealed class Handler(ITargets targets) : IRequestHandler<Query, Answer>
    {
        private const int AnySeed = 1;

        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            try
            {
                var found = await targets.ResolveAsync(request.Cluster, request.Targets, request.Kind, AnySeed, cancellationToken);
                return new(found.Matching, [.. found.Chosen.Select(t => new Pod(t.Name, t.Node, t.Owner, t.Ready))], null);
            }
            catch (RuleBroken refusal)
            {
                return new(0, [], refusal.Message);
            }
        }
    }
}
