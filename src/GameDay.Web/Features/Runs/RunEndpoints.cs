using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Web.Features.Exercises;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace GameDay.Web.Features.Runs;

/// <summary>Plain form posts outside the circuit: they work with the circuit lost, without script and on any replica (revert protocol, rule 12).</summary>
public static class RunEndpoints
{
    public static void MapRuns(this IEndpointRouteBuilder app)
    {
        var board = app.MapGroup("/exercises/{id:guid}").RequireAuthorization();
        board.MapPost("/abort", async (Guid id, [FromForm] string? reason, Sender sender) =>
        {
            var answer = await sender.Send(new AbortExercise.Command(id, reason));
            return Aborted(id, answer.Recorded, answer.InWords, "exercise");
        });
        board.MapPost("/runs/{runId:guid}/abort", async (Guid id, Guid runId, [FromForm] string? reason, Sender sender) =>
        {
            var answer = await sender.Send(new AbortRun.Command(id, runId, reason));
            return Aborted(id, answer.Recorded, answer.InWords, $"{runId}");
        });
        board.MapPost("/runs/{runId:guid}/retry", (Guid id, Guid runId, [FromForm] string? reason, Sender sender, HttpContext http) => DoAsync(http, id, sender, new RetryRevert.Command(id, runId)));
        board.MapPost("/runs/{runId:guid}/moments", (Guid id, Guid runId, [FromForm] string? moment, Sender sender, HttpContext http) => DoAsync(http, id, sender, new MarkMoment.Command(id, runId, MomentNamed(moment))));
        board.MapPost("/abort-reason", (Guid id, [FromForm] string? run, [FromForm] string? reason, Sender sender, HttpContext http) => DoAsync(http, id, sender, new GiveAbortReason.Command(id, Guid.TryParse(run, out var runId) ? runId : null, reason ?? "")));
        board.MapPost("/pause", (Guid id, [FromForm] string? reason, Sender sender, HttpContext http) => DoAsync(http, id, sender, new PauseExercise.Command(id, reason)));
        board.MapPost("/resume", (Guid id, [FromForm] string? reason, Sender sender, HttpContext http) => DoAsync(http, id, sender, new ResumeExercise.Command(id)));
        board.MapPost("/finish", (Guid id, [FromForm] string? reason, Sender sender, HttpContext http) => DoAsync(http, id, sender, new FinishExercise.Command(id)));
        board.MapPost("/incident", (Guid id, [FromForm] string? reason, Sender sender, HttpContext http) => DoAsync(http, id, sender, new SignOverLeak.Command(id, reason)));
        board.MapPost("/all-clear", (Guid id, [FromForm] string? reason, Sender sender, HttpContext http) => DoAsync(http, id, sender, new GiveAllClear.Command(id)));
    }

    /// <summary>Back to the board, which asks for the reason now. Without the database there is no board to go to: the answer itself says what happens.</summary>
    private static IResult Aborted(Guid id, bool recorded, string inWords, string what) => recorded
        ? Results.LocalRedirect($"/exercises/{id}/board?why={what}")
        : new RazorComponentResult<AbortedUnrecorded>(new { ExerciseId = id, Message = inWords });

    private static async Task<IResult> DoAsync(HttpContext http, Guid id, Sender sender, IRequest<Unit> request)
    {
        await sender.Send(request, http.RequestAborted);
        return http.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal) ? Results.NoContent() : Results.LocalRedirect($"/exercises/{id}/board");
    }

    private static EntryKind MomentNamed(string? name) =>
        Enum.TryParse<EntryKind>(name, out var kind) ? kind : throw new RuleBroken("Invalid", "Only detected, acknowledged and mitigated can be marked.");
}
