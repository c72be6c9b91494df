using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GameDay.Domain.Plugins;

namespace GameDay.Integrations.GitHub;

/// <summary>GitHub Issues. An issue is found again by the marker in its body among those with the label; the search index would lag.</summary>
public sealed class GitHubTracker(HttpClient http, GitHubOptions options) : ITracker
{
    private const string Label = "gameday";

    public string Vendor => "GitHub";

    public bool IsConfigured => !string.IsNullOrEmpty(options.Token) && !string.IsNullOrEmpty(options.Repository);

    public async Task<TrackerIssue?> FindAsync(string marker, CancellationToken ct)
    {
        const int pageSize = 100, pages = 5;
        for (var page = 1; page <= pages; page++)
        {
            var issues = await SendAsync(HttpMethod.Get, $"issues?labels={Label}&state=all&sort=created&direction=desc&per_page={pageSize}&page={page}", null, ct);
            foreach (var issue in issues.EnumerateArray())
                if (issue.GetProperty("body").GetString()?.Contains(marker, StringComparison.Ordinal) == true) return Read(issue);
            if (issues.GetArrayLength() < pageSize) return null;
        }
        return null;
    }

    public async Task<TrackerIssue> WriteAsync(IssueDraft draft, CancellationToken ct) =>
        Read(await SendAsync(HttpMethod.Post, "issues", new { title = draft.Title, body = $"{draft.Body}\n\n<!-- {draft.Marker} -->", labels = draft.Labels.Append(Label).Distinct() }, ct));

    public async Task<TrackerIssue> ReadAsync(string key, CancellationToken ct) => Read(await SendAsync(HttpMethod.Get, $"issues/{Uri.EscapeDataString(key.TrimStart('#'))}", null, ct));

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, new Uri(options.BaseAddress, $"repos/{options.Repository}/{path}")) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
        request.Headers.Accept.ParseAdd("application/vnd.github+json");
        request.Headers.Add("X-GitHub-Api-Version", "2022-11-28");
        request.Headers.UserAgent.ParseAdd("GameDay/0.1"); // GitHub refuses requests without one
        using var answer = await http.SendAsync(request, ct);
        return await VendorAnswer.JsonAsync(Vendor, answer, ct);
    }

    private TrackerIssue Read(JsonElement issue) => new(Vendor, $"#{issue.GetProperty("number").GetInt64()}", new Uri(issue.GetProperty("html_url").GetString()!), issue.GetProperty("state").GetString()!);
}
