using System.Text.Json;
using GameDay.EndToEndTests.Stage;
using Shouldly;

namespace GameDay.EndToEndTests;

/// <summary>A page is there at once, from the server; when its circuit takes over nothing that was there goes away, not for one frame.</summary>
public sealed class TakeoverTests(Product product, Chromium chromium)
{
    // Notes the shortest content that the page has shown since it was parsed, after every change of the document.
    private const string Watch = """
        addEventListener("DOMContentLoaded", () => {
          const state = () => ({ words: document.querySelector("main")?.innerText.trim().length ?? 0, strip: document.querySelector(".live-now")?.innerText ?? "" });
          window.first = state();
          window.least = { ...first };
          new MutationObserver(() => {
            const now = state();
            least.words = Math.min(least.words, now.words);
            if (now.strip.includes("Looking") || !now.strip) least.strip = now.strip;
          }).observe(document.documentElement, { subtree: true, childList: true, characterData: true });
        });
        """;

    [Fact]
    public async Task No_page_goes_blank_when_its_circuit_takes_over()
    {
        using var api = new LocalApi(product);
        var id = await api.RunAsync(LocalApi.Shipped("storefront-without-catalogue", "10s"));
        await LocalApi.UntilAsync("the exercise has ended", () => api.HasEndedAsync(id));
        await using var marta = await Visitor.SignInAsync(product, chromium, "marta");
        await marta.Page.AddInitScriptAsync(Watch);
        foreach (var path in new[]
        {
            "/", "/exercises", $"/exercises/{id}", $"/exercises/{id}/board", $"/exercises/{id}/findings", "/exercises/new?scenario=latency-monkey-payments", "/reports", "/findings", "/scenarios",
            "/faults", "/runbooks", "/runbooks/faults/pod-kill", "/clusters", "/settings", "/search?q=payments",
        })
        {
            await marta.OpenAsync(path);
            var seen = await marta.Page.EvaluateAsync<JsonElement>("() => ({ first, least })");
            var first = seen.GetProperty("first").GetProperty("words").GetInt32();
            first.ShouldBeGreaterThan(60, $"{path}: prerendered content");
            seen.GetProperty("least").GetProperty("words").GetInt32().ShouldBeGreaterThan(first * 9 / 10, path);
            seen.GetProperty("least").GetProperty("strip").GetString()!.ShouldNotContain("Looking", Case.Sensitive, path);
        }
        marta.ShouldHaveNoComplaints();
    }
}
