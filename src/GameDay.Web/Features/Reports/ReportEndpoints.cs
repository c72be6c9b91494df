using GameDay.Web.Reports;
using GameDay.Web.Requests;

namespace GameDay.Web.Features.Reports;

/// <summary>Downloads, for pages by cookie and for the command line by token.</summary>
public static class ReportEndpoints
{
    public static void MapReports(this IEndpointRouteBuilder app)
    {
        app.MapGet("/exercises/{id:guid}/report.{ending}", DownloadAsync);
        app.MapGet("/api/exercises/{id:guid}/report.{ending}", DownloadAsync);
    }

    private static async Task<IResult> DownloadAsync(Guid id, string ending, Sender sender, CancellationToken ct)
    {
        if (ReportFiles.Named(ending) is not { } format) return Results.NotFound(new { message = $"There is no report.{ending}. Use json, html, md or pdf." });
        var file = await sender.Send(new DownloadReport.Query(id, format), ct);
        return Results.File(file.Bytes, file.ContentType, file.Name);
    }
}
