using System.Text;
using GameDay.Web.Requests;

namespace GameDay.Web.Features.Settings;

/// <summary>The audit as CSV.</summary>
public static class SettingsEndpoints
{
    private const int Most = 10_000;

    public static void MapSettings(this IEndpointRouteBuilder app) => app.MapGet("/settings/audit.csv", async (Sender sender, CancellationToken ct) =>
    {
        var csv = new StringBuilder("number,at,by,action,subject,before,after\r\n");
        foreach (var a in await sender.Send(new ListAudit.Query(Most), ct))
            csv.AppendJoin(',', new[] { a.Number.ToString(), a.At.ToString("O"), a.By, a.Action, a.Subject, a.Before ?? "", a.After ?? "" }.Select(Cell)).Append("\r\n");
        return Results.File(Encoding.UTF8.GetBytes(csv.ToString()), "text/csv", "gameday-audit.csv");
    });

    /// <summary>Quoted; a leading sign is kept from being a formula when a spreadsheet opens it.</summary>
    private static string Cell(string text) => $"\"{(text is ['=' or '+' or '-' or '@', ..] ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
