using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GameDay.EndToEndTests.Stage;

/// <summary>A tracker that speaks GitHub's issue API on loopback and can lose its answers.</summary>
public sealed class Tracker : IAsyncDisposable
{
    private readonly ConcurrentQueue<Issue> _issues = new();
    private int _lose;
    private WebApplication? _app;

    public sealed record Issue(int Number, string Title, string Body);

    public IReadOnlyCollection<Issue> Issues => _issues;

    /// <summary>What the product is told about it, as environment variables.</summary>
    public Dictionary<string, string> Settings => new(StringComparer.Ordinal)
    {
        ["GitHub__Token"] = "any", ["GitHub__Repository"] = "shop/app", ["GitHub__BaseAddress"] = _app!.Urls.First() + "/",
    };

    /// <summary>The next issue is created, but nobody hears of it.</summary>
    public void LoseNextAnswer() => Interlocked.Exchange(ref _lose, 1);

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapGet("/repos/shop/app/issues", () => Results.Json(_issues.Select(Body)));
        _app.MapPost("/repos/shop/app/issues", (JsonElement draft, HttpContext http) =>
        {
            var issue = new Issue(_issues.Count + 1, draft.GetProperty("title").GetString()!, draft.GetProperty("body").GetString()!);
            _issues.Enqueue(issue);
            if (Interlocked.Exchange(ref _lose, 0) == 0) return Results.Json(Body(issue), statusCode: StatusCodes.Status201Created);
            http.Abort();
            return Results.Empty;
        });
        _app.MapGet("/repos/shop/app/issues/{number:int}", (int number) => Results.Json(Body(_issues.ElementAt(number - 1))));
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }

    private static object Body(Issue issue) => new { number = issue.Number, title = issue.Title, body = issue.Body, state = "open", html_url = $"https://github.example/shop/app/issues/{issue.Number}" };
}
