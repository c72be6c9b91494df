using System.Net;
using System.Text.Json;
using GameDay.Domain.Plugins;

namespace GameDay.Integrations;

/// <summary>Reads a vendor's JSON answer and sorts failures: refused for good, or worth another try.</summary>
internal static class VendorAnswer
{
    public static async Task<JsonElement> JsonAsync(string vendor, HttpResponseMessage answer, CancellationToken ct)
    {
        var text = await answer.Content.ReadAsStringAsync(ct);
        if (IsForGood(answer.StatusCode)) throw new VendorRefused($"{vendor} refused ({(int)answer.StatusCode}): {Short(text)}. {Advice(answer.StatusCode)}");
        if (!answer.IsSuccessStatusCode) throw new HttpRequestException($"{vendor} answered {(int)answer.StatusCode}: {Short(text)}", null, answer.StatusCode);
        try { return JsonDocument.Parse(text).RootElement.Clone(); }
        catch (JsonException odd) { throw new HttpRequestException($"{vendor} answered something that is not JSON: {Short(text)}", odd); }
    }

    private static bool IsForGood(HttpStatusCode status) =>
        (int)status is >= 400 and < 500 && status is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.Conflict);

    private static string Advice(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => "The token is missing, wrong or expired; give a new one.",
        HttpStatusCode.Forbidden => "The token may not do this; check its scopes.",
        HttpStatusCode.NotFound => "The address, project or repository is wrong, or the token may not see it.",
        _ => "Check the configuration.",
    };

    private static string Short(string text) => text.Length <= 200 ? text.ReplaceLineEndings(" ") : text[..200].ReplaceLineEndings(" ") + "…";
}
