using GameDay.Domain.Plugins;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Clusters;

/// <summary>Which vendors are configured. Whether, never with what: no secret leaves the configuration.</summary>
public static class ListIntegrations
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query : IRequest<IReadOnlyList<Row>>;

    public sealed record Row(string Vendor, string Does, bool IsConfigured, string Otherwise);

    public sealed class Handler(IEnumerable<INotifier> notifiers, IEnumerable<ITracker> trackers, IEnumerable<IAlertSource> alerts) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public Task<IReadOnlyList<Row>> Handle(Query request, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Row>>(
        [
            .. notifiers.Select(n => new Row(n.Vendor, "tells people", n.IsConfigured, "Notices are readable in the app only.")),
            .. alerts.Select(a => new Row(a.Vendor, "tells which alerts fire", a.IsConfigured, "Alerts reach the timeline as notes only.")),
            .. trackers.Select(t => new Row(t.Vendor, "takes findings", t.IsConfigured, "Findings stay in the app.")),
        ]);
    }
}
