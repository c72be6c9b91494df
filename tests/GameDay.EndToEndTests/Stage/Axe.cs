using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;

namespace GameDay.EndToEndTests.Stage;

/// <summary>axe-core on a page as it is shown: labels, contrast, landmarks, keyboard. <c>./gameday test e2e</c> fetches its one script file.</summary>
public static class Axe
{
    private static readonly Lazy<string> Script = new(() => File.ReadAllText(Path.Combine(Product.Root, ".gameday/npm/node_modules/axe-core/axe.min.js")));

    public static async Task ShouldBeCleanAsync(IPage page, string where)
    {
        // Evaluated by the browser's own debugger, so the page's security policy stays as it is.
        await page.EvaluateAsync(Script.Value);
        var found = await page.EvaluateAsync<JsonElement>("() => axe.run().then(r => r.violations.map(v => ({ id: v.id, where: v.nodes.map(n => n.target.join(' ') + ': ' + n.failureSummary).slice(0, 3) })))");
        found.EnumerateArray().Select(v => v.ToString()).ShouldBeEmpty($"axe on {where}");
    }
}
