using GameDay.Domain;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Exercises;

/// <summary>What a set of targets means right now, by name. Reads only.</summary>
public static class PreviewTargets
{
    [Allow(AllowAttribute.SignedIn)]
    /// <param name="Seed">The chance to draw with: that of the approval, or any.</param>
    public sealed record Query(string Cluster, TargetSpec Targets, TargetKind Kind, int Seed = 1) : IRequest<Answer>;

    /// <param name="Problem">Why nothing could be resolved; null when targets are listed.</param>
    public sealed record Answer(int Matching, IReadOnlyList<FaultTarget> Targets, string? Problem);

    public sealed class Handler(ITargets targets) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            try
            {
                var found = await targets.ResolveAsync(request.Cluster, request.Targets, request.Kind, request.Seed, cancellationToken);
                return new(found.Matching, found.Chosen, null);
            }
            catch (RuleBroken refusal)
            {
                return new(0, [], refusal.Message);
            }
        }
    }
}
