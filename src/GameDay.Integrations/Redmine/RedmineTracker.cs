using System.Net.Http.Json;
using System.Text.Json;
using GameDay.Domain.Plugins;

namespace GameDay.Integrations.Redmine;

/// <summary>Redmine issues over its REST API. An issue is found again by the marker in its description among the project's newest.</summary>
public sealed class RedmineTracker(HttpClient http, RedmineOptions options) : ITracker
{
    private const int LongestSubject = 255;

    public string Vendor => "Redmine";

    public bool IsConfigured => options.BaseAddress is not null && !string.IsNullOrEmpty(options.Key) && !string.IsNullOrEmpty(options.Project);

    public async Task<TrackerIssue?> FindAsync(string marker, CancellationToken ct)
    {
        var page = await SendAsync(HttpMethod.Get, $"issues.json?project_id={Uri.EscapeDataString(options.Project!)}&status_id=*&sort=id:desc&limit=100", null, ct);
        foreach (var issue in page.GetProperty("issues").EnumerateArray())
            if (issue.TryGetProperty("description", out var text) && text.GetString()?.Contains(marker, StringComparison.Ordinal) == true) return Read(issue);
        return null;
    }

    public async Task<TrackerIssue> WriteAsync(IssueDraft draft, CancellationToken ct)
    {
        var subject = draft.Title.Length <= LongestSubject ? draft.Title : draft.Title[..(LongestSubject - 1)] + "…";
        var body = new { issue = new { project_id = options.Project, subject, description = $"{draft.Body}\n\n{draft.Marker}" } };
        return Read((await SendAsync(HttpMethod.Post, "issues.json", body, ct)).GetProperty("issue"));
    }

    public async Task<TrackerIssue> ReadAsync(string key, CancellationToken ct) =>
        Read((await SendAsync(HttpMethod.Get, $"issues/{Uri.EscapeDataString(key.TrimStart('#'))}.json", null, ct)).GetProperty("issue"));

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, Address(path)) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("X-Redmine-API-Key", options.Key);
        using var answer = await http.SendAsync(request, ct);
        return await VendorAnswer.JsonAsync(Vendor, answer, ct);
    }

    // Redmine often lives below a path (/redmine); a base address without a trailing slash would lose it.
    private Uri Address(string path) => new($"{options.BaseAddress!.ToString().TrimEnd('/')}/{path}");

    private TrackerIssue Read(JsonElement issue)
    {
        var id = issue.GetProperty("id").GetInt64();
        return new(Vendor, $"#{id}", Address($"issues/{id}"), issue.GetProperty("status").GetProperty("name").GetString()!);
    }
}
