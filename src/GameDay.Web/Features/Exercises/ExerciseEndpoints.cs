using GameDay.Web.Requests;
using Microsoft.AspNetCore.Mvc;

namespace GameDay.Web.Features.Exercises;

/// <summary>Abort as a plain form post outside the circuit: it works with the circuit lost, without script, on any replica.</summary>
public static class ExerciseEndpoints
{
    public static void MapExercises(this IEndpointRouteBuilder app) =>
        app.MapPost("/exercises/{id:guid}/abort", async (Guid id, [FromForm] string? reason, Sender sender, CancellationToken ct) =>
        {
            await sender.Send(new AbortExercise.Command(id, reason), ct);
            return Results.LocalRedirect($"/exercises/{id}/board?why=exercise");
        });
}
