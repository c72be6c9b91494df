using System.Diagnostics;
using System.Text.Json;
using GameDay.EndToEndTests.Stage;
using Shouldly;

namespace GameDay.EndToEndTests;

/// <summary>The app is killed -9 while a latency fault is in place. Judged by the sandbox's own kernel state, not by what the product says of itself.</summary>
public sealed class CrashTests(Product product)
{
    [Fact]
    public async Task Killed_during_a_fault_the_app_takes_the_run_up_and_proves_the_fault_gone()
    {
        using var api = new LocalApi(product);
        // Two minutes: only a revert can end it within the test's patience.
        var id = await api.RunAsync(LocalApi.Shipped("latency-monkey-payments", "120s"));
        await api.UntilAsync("the fault is in a kernel", id, async () => (await KernelStatesAsync()).Any(HoldsFault));

        using (var app = Process.GetProcessById(AppPid())) app.Kill();

        await api.UntilAsync("the exercise has ended", id, () => api.HasEndedAsync(id));
        (await KernelStatesAsync()).ShouldAllBe(state => !HoldsFault(state));
        var entries = (await api.GetAsync($"api/exercises/{id}/timeline?after=0&wait=0")).GetProperty("entries").EnumerateArray().ToList();
        entries.ShouldContain(e => e.GetProperty("kind").GetString() == "Gap");
        entries.ShouldContain(e => e.GetProperty("kind").GetString() == "Proof");
        entries.Select(e => e.GetProperty("seq").GetInt64()).ShouldBe(Enumerable.Range(1, entries.Count).Select(n => (long)n));
        (await api.GetAsync("api/sweep")).GetProperty("leftovers").EnumerateArray().ShouldBeEmpty();
    }

    private static bool HoldsFault(string state) => state.Contains("gameday_", StringComparison.Ordinal);

    private int AppPid() => JsonDocument.Parse(File.ReadAllText(Path.Combine(product.State, "up.json"))).RootElement.GetProperty("AppPid").GetInt32();

    /// <summary>What the stand-in kernel of every checkout pod holds, read past the product.</summary>
    private async Task<IReadOnlyList<string>> KernelStatesAsync()
    {
        var (_, names) = await product.RunAsync("kubectl", "get", "pods", "-n", "shop", "-l", "app=checkout", "-o", "jsonpath={.items[*].metadata.name}");
        var states = new List<string>();
        foreach (var pod in names.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            states.Add((await product.RunAsync("kubectl", "get", "--raw", $"/_sandbox/kernel/shop/{pod}")).Output);
        states.ShouldNotBeEmpty();
        return states;
    }
}
