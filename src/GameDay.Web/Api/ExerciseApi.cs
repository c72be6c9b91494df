using System.Text.Json.Serialization;
using GameDay.Web.Features.Exercises;
using GameDay.Web.Features.Halt;
using GameDay.Web.Features.Runs;
using GameDay.Web.Requests;

namespace GameDay.Web.Api;

/// <summary>The REST API of the command line: the same requests that pages send, as JSON.</summary>
public static class ExerciseApi
{
    private const int LongestFile = 300 * 1024;

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").DisableAntiforgery();
        api.MapPost("/exercises", CreateAsync);
        api.MapPost("/exercises/{id:guid}/run", RunAsync);
        api.MapGet("/exercises/{id:guid}", async (Guid id, Sender sender, CancellationToken ct) => Results.Json(ExerciseBody.Of(await sender.Send(new GetExercise.Query(id), ct))));
        api.MapGet("/exercises/{id:guid}/timeline", TimelineApi.ReadAsync);
        api.MapPost("/exercises/{id}/abort", AbortAsync);
        api.MapPost("/exercises/{id:guid}/incident", async (Guid id, Reason? reason, Sender sender, CancellationToken ct) =>
        {
            await sender.Send(new SignOverLeak.Command(id, reason?.Text), ct);
            return Results.Ok(new { id });
        });
        api.MapPost("/halt", HaltAsync);
        api.MapPost("/release", ReleaseAsync);
        api.MapPost("/preflight", async (HttpRequest request, Sender sender, CancellationToken ct) => await SafetyApi.PreflightAsync(await TextAsync(request, ct), sender, ct));
        api.MapGet("/sweep", SafetyApi.SweepAsync);
    }

    /// <summary>Why something is ended or released.</summary>
    public sealed record Reason([property: JsonPropertyName("reason")] string? Text);

    private static async Task<IResult> CreateAsync(HttpRequest request, Sender sender, CancellationToken ct)
    {
        var answer = await sender.Send(new CreateExercise.Command(await TextAsync(request, ct)), ct);
        return answer.Id is { } id ? Results.Created($"/api/exercises/{id}", new { id }) : SafetyApi.Refused(answer.Problems);
    }

    private static async Task<IResult> RunAsync(Guid id, bool? withoutReaper, Sender sender, CancellationToken ct)
    {
        await sender.Send(new RunUnattended.Command(id, withoutReaper == true), ct);
        return Results.Accepted($"/api/exercises/{id}", new { id });
    }

    private static async Task<IResult> AbortAsync(string id, Reason? reason, Sender sender)
    {
        if (id != "live" && !Guid.TryParse(id, out _)) return Results.NotFound(new { message = $"'{id}' is no exercise's id. Give the id of the page's address, or leave it out for the live one." });
        var answer = await sender.Send(new AbortExercise.Command(id == "live" ? null : Guid.Parse(id), reason?.Text), CancellationToken.None);
        return Results.Ok(new { id = answer.Id, message = answer.InWords });
    }

    private static async Task<IResult> HaltAsync(Reason? reason, Sender sender)
    {
        var outcome = await sender.Send(new HaltAll.Command(reason?.Text), CancellationToken.None);
        return Results.Ok(new { recorded = outcome.Recorded, problems = outcome.Problems });
    }

    private static async Task<IResult> ReleaseAsync(Reason? reason, Sender sender, CancellationToken ct)
    {
        await sender.Send(new ReleaseHalt.Command(reason?.Text ?? ""), ct);
        return Results.Ok(new { });
    }

    /// <summary>The body as text; one that is far too long is cut and then refused by the reader's own limit.</summary>
    private static async Task<string> TextAsync(HttpRequest request, CancellationToken ct)
    {
        using var reader = new StreamReader(request.Body);
        var buffer = new char[LongestFile];
        return new string(buffer, 0, await reader.ReadBlockAsync(buffer, ct));
    }
}
