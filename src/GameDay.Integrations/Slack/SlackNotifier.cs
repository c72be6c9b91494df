using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GameDay.Domain.Plugins;

namespace GameDay.Integrations.Slack;

/// <summary>chat.postMessage with Block Kit; each message carries its key as message metadata so that it can be found again.</summary>
public sealed class SlackNotifier(HttpClient http, SlackOptions options) : INotifier
{
    private const string EventType = "gameday_notice";

    // Errors after which the same request can only fail again (chat.postMessage, "Errors").
    private static readonly HashSet<string> ForGood =
    [
        "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "missing_scope", "channel_not_found",
        "not_in_channel", "is_archived", "restricted_action", "no_permission", "invalid_blocks", "msg_too_long", "no_text",
    ];

    public string Vendor => "Slack";

    public bool IsConfigured => !string.IsNullOrEmpty(options.Token);

    public async Task<string> SendAsync(Notice notice, CancellationToken ct) =>
        (await CallAsync("chat.postMessage", JsonContent.Create(SlackMessage.For(notice, EventType)), ct)).GetProperty("ts").GetString()!;

    public async Task<string?> FindAsync(Notice notice, CancellationToken ct)
    {
        var channel = await ChannelIdAsync(notice.Channel, ct);
        if (channel is null) return null;
        var history = await CallAsync("conversations.history", Form(("channel", channel), ("limit", "100"), ("include_all_metadata", "true")), ct);
        return history.GetProperty("messages").EnumerateArray().Where(m => KeyOf(m) == notice.Key).Select(m => m.GetProperty("ts").GetString()).FirstOrDefault();
    }

    private async Task<string?> ChannelIdAsync(string name, CancellationToken ct)
    {
        if (!name.StartsWith('#')) return name;
        var cursor = "";
        do
        {
            var page = await CallAsync("conversations.list", Form(("limit", "500"), ("exclude_archived", "true"), ("cursor", cursor)), ct);
            foreach (var channel in page.GetProperty("channels").EnumerateArray())
                if (channel.GetProperty("name").GetString() == name[1..]) return channel.GetProperty("id").GetString();
            cursor = page.TryGetProperty("response_metadata", out var meta) && meta.TryGetProperty("next_cursor", out var next) ? next.GetString() ?? "" : "";
        }
        while (cursor.Length > 0);
        return null;
    }

    // Slack takes JSON for methods that write only; those that read want a form.
    private static FormUrlEncodedContent Form(params (string Key, string Value)[] fields) => new(fields.Select(f => KeyValuePair.Create(f.Key, f.Value)));

    private async Task<JsonElement> CallAsync(string method, HttpContent body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.BaseAddress, method)) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
        using var answer = await http.SendAsync(request, ct);
        var json = await VendorAnswer.JsonAsync(Vendor, answer, ct);
        if (json.GetProperty("ok").GetBoolean()) return json;
        var error = json.TryGetProperty("error", out var e) ? e.GetString() ?? "unknown" : "unknown";
        throw ForGood.Contains(error) ? new VendorRefused($"Slack refused {method}: {error}. {Advice(error)}") : new HttpRequestException($"Slack answered {method}: {error}");
    }

    private static string? KeyOf(JsonElement message) =>
        message.TryGetProperty("metadata", out var m) && m.TryGetProperty("event_type", out var t) && t.GetString() == EventType
            && m.TryGetProperty("event_payload", out var p) && p.TryGetProperty("key", out var key) ? key.GetString() : null;

    private static string Advice(string error) => error switch
    {
        "channel_not_found" => "Check the exercise's channel, and invite the app if it is private.",
        "not_in_channel" => "Invite the app: /invite @GameDay in that channel.",
        "missing_scope" => "Give the app chat:write (and channels:read, channels:history).",
        "is_archived" => "Choose a channel that is not archived.",
        _ => "Give a new bot token in Slack:Token.",
    };
}
