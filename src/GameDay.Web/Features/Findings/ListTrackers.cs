using GameDay.Domain.Plugins;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Findings;

/// <summary>Trackers that a finding can be filed into.</summary>
public static class ListTrackers
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query : IRequest<IReadOnlyList<string>>;

    public sealed class Handler(IEnumerable<ITracker> trackers) : IRequestHandler<Query, IReadOnlyList<string>>
    {
        public Task<IReadOnlyList<string>> Handle(Query query, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<string>>([.. trackers.Where(t => t.IsConfigured).Select(t => t.Vendor).Order(StringComparer.Ordinal)]);
    }
}
