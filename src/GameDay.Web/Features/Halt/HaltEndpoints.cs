using GameDay.Web.Components;
using GameDay.Web.Requests;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace GameDay.Web.Features.Halt;

/// <summary>Plain form posts: they work without a circuit and without script.</summary>
public static class HaltEndpoints
{
    public static void MapHalt(this IEndpointRouteBuilder app)
    {
        app.MapPost("/halt", async (Sender sender, [FromForm] string? reason) =>
        {
            // A browser that closes takes nothing back.
            var outcome = await sender.Send(new HaltAll.Command(reason), CancellationToken.None);
            if (outcome is { Recorded: true, Problems.Count: 0 }) return Results.LocalRedirect("/halt");
            return new RazorComponentResult<FailurePage>(new { Message = Words(outcome.Recorded, outcome.Problems), Heading = "Halt is in force" });
        });
        app.MapPost("/release", async (Sender sender, [FromForm] string? reason, CancellationToken ct) =>
        {
            await sender.Send(new ReleaseHalt.Command(reason ?? ""), ct);
            return Results.LocalRedirect("/");
        });
    }

    private static string Words(bool recorded, IReadOnlyList<string> problems) =>
        (recorded ? "Halted here: every exercise is aborted and nothing starts. " : "Halted: what runs here is being reverted; the database is away, so it is written down later. ")
        + (problems.Count == 0 ? "" : $"Not reached: {string.Join("; ", problems)}. Put the halt object there by hand: kubectl -n gameday create configmap gameday-halt");
}
