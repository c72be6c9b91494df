using System.Diagnostics;
using GameDay.Faults;
using GameDay.IntegrationTests.Kubernetes;
using GameDay.IntegrationTests.Sandbox;
using GameDay.Kubernetes;
using GameDay.Web.CommandLine;
using GameDay.Web.Manifests;
using Shouldly;

namespace GameDay.IntegrationTests.Protocol;

/// <summary>The reaper as a process, an engine that is gone, a real agent; the cluster's own state judges.</summary>
public sealed class ReaperTests(RunningSandbox sandbox) : ProtocolStage(sandbox)
{
    [Fact]
    [Trait("Rule", "9")]
    public async Task With_their_clocks_five_minutes_off_either_way_a_deadline_is_kept_by_the_servers_clock()
    {
        var run = Guid.NewGuid();
        using var beating = Beat(run);
        var early = await Engine.PartAsync("payments", "checkout", Long, run);
        var due = await Engine.SlowAsync("checkout", "cart", TimeSpan.FromSeconds(12), run);
        var (ahead, behind) = (await ReaperAsync(300, "ahead"), await ReaperAsync(-300, "behind"));

        await ProvedAsync(due);

        (await Client.ReadServerTimeAsync()).ShouldBeGreaterThanOrEqualTo(due.Order.Deadline);
        (await StandsAsync(early)).ShouldBeTrue($"{ahead.Log}\n{behind.Log}");
    }

    [Fact]
    [Trait("Rule", "9")]
    public async Task A_run_whose_lease_shows_no_change_is_reverted_long_before_its_deadline_and_a_living_one_is_not()
    {
        var living = Guid.NewGuid();
        using var beating = Beat(living);
        var kept = await Engine.PartAsync("payments", "checkout", Long, living);
        var lost = await Engine.SlowAsync("checkout", "cart", Long);
        await Engine.Beat.BeatAsync("sandbox", lost.Order.RunId, default);
        var never = await Engine.PartAsync("cart", "checkout", Long);
        var reaper = await ReaperAsync();

        await ProvedAsync(lost);
        await GoneAsync(never);

        (await StandsAsync(kept)).ShouldBeTrue(reaper.Log);
        reaper.Log.ShouldContain("lease has shown no change");
    }

    [Fact]
    [Trait("Rule", "12")]
    public async Task A_halt_object_made_by_kubectl_alone_ends_everything_at_once()
    {
        var run = Guid.NewGuid();
        using var beating = Beat(run);
        var policy = await Engine.PartAsync("payments", "checkout", Long, run);
        var slow = await Engine.SlowAsync("checkout", "cart", Long, run);
        var reaper = await ReaperAsync();
        (await StandsAsync(policy)).ShouldBeTrue(reaper.Log);

        var kubectl = await Finished.RunAsync("kubectl", [$"--kubeconfig={Sandbox.Kubeconfig}", "-n", "gameday", "create", "configmap", "gameday-halt"]);

        kubectl.Code.ShouldBe(0, kubectl.Error);
        await GoneAsync(policy);
        await ProvedAsync(slow);
        reaper.Log.ShouldContain("halt is in force");
    }

    [Fact]
    [Trait("Rule", "11")]
    public async Task Two_reapers_race_without_harm_and_one_killed_leaves_the_other()
    {
        var (a, b) = (await ReaperAsync("a"), await ReaperAsync("b"));
        var first = await Engine.SlowAsync("checkout", "cart", Long);
        await ProvedAsync(first);
        (await new Reapers(Sandbox.Clusters, Engine.Options).SeenAsync("sandbox", default)).Count(seen => seen.IsAlive).ShouldBe(2);

        await a.KillAsync();
        var second = await Engine.PartAsync("payments", "checkout", Long);

        await GoneAsync(second);
        b.Log.ShouldContain(second.Order.ShortId);
    }

    [Fact]
    [Trait("Rule", "2")]
    public async Task An_object_fault_is_proved_only_when_nothing_of_it_can_land_any_more()
    {
        var placed = await Engine.PartAsync("payments", "checkout", Long);
        await ReaperAsync();

        await GoneAsync(placed);
        await ProvedAsync(placed);

        (await Client.ReadServerTimeAsync()).ShouldBeGreaterThan(placed.Order.NotAfter);
    }

    [Fact]
    [Trait("Rule", "10")]
    public async Task With_its_ledger_entry_gone_an_object_is_undone_from_its_own_marks()
    {
        var placed = await Engine.PartAsync("payments", "checkout", TimeSpan.FromSeconds(15));
        await Client.DeleteAsync<V1ConfigMap>(placed.Entry.Name, "gameday");
        var reaper = await ReaperAsync("one", "--quiet-seconds", "600");

        await GoneAsync(placed);

        (await Client.ReadServerTimeAsync()).ShouldBeGreaterThanOrEqualTo(placed.Order.Deadline);
        reaper.Log.ShouldContain($"NetworkPolicy shop/{placed.Policy}");
    }

    [Fact]
    [Trait("Rule", "11")]
    public async Task With_the_api_server_away_it_goes_on_asking_and_ends_the_fault_on_its_return()
    {
        var placed = await Engine.PartAsync("payments", "checkout", TimeSpan.FromSeconds(8));
        var reaper = await ReaperAsync("one", "--quiet-seconds", "600");

        await Sandbox.FreezeAsync(TimeSpan.FromSeconds(12));

        await GoneAsync(placed);
        reaper.Log.ShouldContain("nothing can be read");
        reaper.Log.ShouldContain("answers again");
    }

    [Fact]
    [Trait("Rule", "10")]
    public async Task What_stayed_behind_is_listed_by_its_marks_alone_with_what_made_it_and_how_to_undo_it()
    {
        var placed = await Engine.PartAsync("payments", "checkout", Long);
        await Client.DeleteAsync<V1ConfigMap>(placed.Entry.Name, "gameday");

        var policy = (await Engine.Ledger.SweepAsync("sandbox", default)).ShouldHaveSingleItem();
        await Client.DeleteAsync<V1NetworkPolicy>(placed.Policy, "shop");
        var label = (await Engine.Ledger.SweepAsync("sandbox", default)).ShouldHaveSingleItem();

        policy.Object.ShouldBe($"NetworkPolicy shop/{placed.Policy}");
        policy.MadeBy.ShouldContain(placed.Order.ShortId);
        policy.Ours.ShouldBeTrue();
        policy.UndoByHand.ShouldBe(placed.Undo.InWords);
        label.Object.ShouldContain("label gameday.dev/partition");
        label.UndoByHand.ShouldStartWith("kubectl -n shop label pod");
    }

    [Fact]
    public async Task What_the_chart_renders_is_accepted_by_the_server()
    {
        var kinds = ManifestsCommand.Kinds();
        var chart = new Chart(Path.Combine(ReaperUnderTest.Root(), "helm/gameday"));
        var values = new Dictionary<string, object?> { ["faults"] = kinds.ToDictionary(k => k.Id, _ => (object?)true), ["networkPolicy"] = new Dictionary<string, object?> { ["enabled"] = true } };
        foreach (var yaml in new[] { chart.Render("gameday", "gameday", values), new ClusterManifests("prod", [], ["shop"], "here").All(chart, kinds) })
        {
            var applied = await Finished.RunAsync("kubectl", [$"--kubeconfig={Sandbox.Kubeconfig}", "apply", "--dry-run=server", "-f", "-"], yaml);
            applied.Code.ShouldBe(0, applied.Error);
            applied.Output.ShouldContain("deployment.apps/gameday-reaper created");
        }
    }

    private CancellationTokenSource Beat(Guid run)
    {
        var stop = new CancellationTokenSource();
        _ = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await Engine.Beat.BeatAsync("sandbox", run, default);
                await Task.Delay(500, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        });
        return stop;
    }
}
