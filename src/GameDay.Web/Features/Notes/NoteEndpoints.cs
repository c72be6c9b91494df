using GameDay.Domain;
using GameDay.Web.Components.Timeline;
using GameDay.Web.Requests;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace GameDay.Web.Features.Notes;

/// <summary>Notes outside the circuit: JSON for the page's script, a page for a browser without one.</summary>
public static class NoteEndpoints
{
    public static void MapNotes(this IEndpointRouteBuilder app) => app.MapPost("/exercises/{id:guid}/notes", WriteAsync).RequireAuthorization();

    private static async Task<IResult> WriteAsync(Guid id, [FromForm] string? text, [FromForm] string? kind, [FromForm] Guid? key, Sender sender, HttpContext http, CancellationToken ct)
    {
        try
        {
            var named = NoteKinds.Named(kind) ?? throw new RuleBroken("Invalid", "That is not a kind of note. Choose one of the kinds below the box.");
            var seq = await sender.Send(new WriteNote.Command(id, text ?? "", named, key), ct);
            return WantsJson(http) ? Results.Ok(new { seq }) : Results.LocalRedirect($"/exercises/{id}/board");
        }
        catch (RuleBroken refused) when (refused.Rule != "DatabaseAway")
        {
            if (WantsJson(http)) return Results.Json(new { rule = refused.Rule, message = refused.Message }, statusCode: StatusCodes.Status422UnprocessableEntity);
            return new RazorComponentResult<NoteRefused>(new { ExerciseId = id, refused.Message, Text = text ?? "", Kind = kind ?? "" }) { StatusCode = StatusCodes.Status422UnprocessableEntity };
        }
    }

    private static bool WantsJson(HttpContext http) => http.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal);
}
