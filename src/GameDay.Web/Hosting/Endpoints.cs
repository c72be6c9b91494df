using GameDay.Data;
using GameDay.Web.Api;
using GameDay.Web.Features.Halt;
using GameDay.Web.Features.Notes;
using GameDay.Web.Features.Reports;
using GameDay.Web.Features.Runs;
using GameDay.Web.Features.Settings;
using GameDay.Web.Security;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Hosting;

/// <summary>Endpoints outside the circuit, one line per feature.</summary>
public static class Endpoints
{
    public static void MapFeatures(this IEndpointRouteBuilder app)
    {
        app.MapNotes();
        app.MapRuns();
        app.MapHalt();
        app.MapSettings();
        app.MapReports();
        app.MapApi();
    }

    /// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: the database answers too.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", () => Results.Text("ok")).AllowAnonymous();
        app.MapGet("/readyz", async (GameDayDbContext db, CancellationToken ct) =>
            await db.Database.CanConnectAsync(ct) ? Results.Text("ready") : Results.Text("the database does not answer", statusCode: 503)).AllowAnonymous();
    }
}
