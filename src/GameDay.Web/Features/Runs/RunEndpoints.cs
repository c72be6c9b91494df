using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace GameDay.Web.Features.Runs;

/// <summary>Plain form posts outside the circuit: they work with the circuit lost, without script and on any replica (revert protocol, rule 12).</summary>
public static class RunEndpoints
{
    public static void MapRuns(this IEndpointRouteBuilder app)
    {
        var board = app.MapGroup("/exercises/{id:guid}").RequireAuthorization();
        board.MapPost("/pause", (Guid id, [FromForm] string? reason, Sender sender, HttpContext http) => DoAsync(http, id, sender, new PauseExercise.Command(id, reason)));
        board.MapPost("/resume", (Guid id, [FromForm] string? reason, Sender sender, HttpContext http) => DoAsync(http, id, sender, new ResumeExercise.Command(id)));
        board.MapPost("/finish", (Guid id, [FromForm] string? reason, Sender sender, HttpContext http) => DoAsync(http, id, sender, new FinishExercise.Command(id)));
        board.MapPost("/abort-reason", (Guid id, [FromForm] string? run, [FromForm] string? reason, Sender sender, HttpContext http) =>
            DoAsync(http, id, sender, new GiveAbortReason.Command(id, Guid.TryParse(run, out var runId) ? runId : null, reason ?? "")));
        board.MapPost("/runs/{runId:guid}/moments", (Guid id, Guid runId, [FromForm] string? moment, Sender sender, HttpContext http) =>
            DoAsync(http, id, sender, new MarkMoment.Command(id, runId, MomentNamed(moment))));
    }

    private static async Task<IResult> DoAsync(HttpContext http, Guid id, Sender sender, IRequest<Unit> request, string query = "")
    {
        await sender.Send(request, http.RequestAborted);
        return http.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal)
            ? Results.NoContent() : Results.LocalRedirect($"/exercises/{id}/board{query}");
    }

    private static EntryKind MomentNamed(string? name) =>
        Enum.TryParse<EntryKind>(name, out var kind) ? kind : throw new RuleBroken("Invalid", "Only detected, acknowledged and mitigated can be marked.");
}
