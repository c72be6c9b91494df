using GameDay.Domain.Plugins;

namespace GameDay.Integrations.Slack;

/// <summary>The body of chat.postMessage for a notice: a header line, the text, and where to go.</summary>
internal static class SlackMessage
{
    // A section's text holds at most 3,000 characters (Block Kit reference).
    private const int LongestSection = 2900;

    public static object For(Notice notice, string eventType) => new
    {
        channel = notice.Channel,
        text = Escape(notice.Text),
        unfurl_links = false,
        metadata = new { event_type = eventType, event_payload = new { key = notice.Key } },
        blocks = Blocks(notice),
    };

    private static List<object> Blocks(Notice notice)
    {
        var lines = notice.Text.Split('\n', 2);
        List<object> blocks = [Section($"*{Escape(lines[0])}*")];
        if (lines.Length > 1) blocks.Add(Section(Escape(lines[1])));
        if (notice.Link is { } link)
            blocks.Add(new { type = "actions", elements = new[] { new { type = "button", text = new { type = "plain_text", text = "Open the exercise" }, url = link.ToString(), action_id = "open_exercise" } } });
        return blocks;
    }

    private static object Section(string text) => new { type = "section", text = new { type = "mrkdwn", text = text.Length <= LongestSection ? text : text[..LongestSection] + "…" } };

    // Slack's own three control characters; everything else is literal.
    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
