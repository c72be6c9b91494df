using GameDay.Web.Reports;
using GameDay.Web.Reports.Composition;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Reports;

/// <summary>The report from the record as it is now.</summary>
public static class ShowReport
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query(Guid ExerciseId) : IRequest<ReportDocument>;

    public sealed class Handler(ReportSourcesOf sources) : IRequestHandler<Query, ReportDocument>
    {
        public async Task<ReportDocument> Handle(Query query, CancellationToken cancellationToken) => ReportComposer.Compose(await sources.LoadAsync(query.ExerciseId, cancellationToken));
    }
}
