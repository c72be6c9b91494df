using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.IntegrationTests.Kubernetes;
using GameDay.Kubernetes;
using Shouldly;

namespace GameDay.IntegrationTests.Protocol;

/// <summary>Rule 13: entries that ask for what they may not are untouched, alarmed and counted; the fault behind each stands.</summary>
[Trait("Rule", "13")]
public sealed class ConfusedDeputyTests(RunningSandbox sandbox) : ProtocolStage(sandbox)
{
    [Fact]
    public async Task Entries_edited_by_hand_or_of_another_version_are_untouched_alarmed_and_counted()
    {
        string[] apps = ["store", "payments", "cart"];
        (string Field, string Value)[] edits = [("undo.policy", "payments-policy"), ("version", "9"), ("duration", "86400")];
        var entries = new List<LedgerEntry>();
        foreach (var (app, (field, value)) in apps.Zip(edits))
        {
            entries.Add(await ClaimAsync(Engine, app));
            await Client.PatchAsync<V1ConfigMap>(V1Patch.Merge(new { data = new Dictionary<string, string> { [field] = value } }), entries[^1].Name, "gameday");
        }

        await UntouchedAsync(entries, "damaged, was edited by hand, or is of a version");
    }

    [Fact]
    public async Task A_value_that_the_kind_does_not_write_is_untouched_though_the_entry_is_whole()
    {
        var target = await Engine.TargetAsync("store");
        var order = Engine.Order(target, TimeSpan.FromSeconds(1), Guid.NewGuid(), ("from", "app=cart"));
        var undo = new UndoPlan("network-partition", "policy", new Dictionary<string, string> { ["policy"] = "somebody-elses" }, "by hand");

        await UntouchedAsync([await Engine.Ledger.ClaimAsync(order, undo, default)], "is not one that network-partition writes");
    }

    [Fact]
    public async Task A_namespace_or_kind_that_is_not_allowed_is_untouched()
    {
        var entry = await ClaimAsync(Engine);

        await UntouchedAsync([entry], "may not act in the namespace shop", "--namespaces", "elsewhere");
        var reaper = (await new Reapers(Sandbox.Clusters, Engine.Options).SeenAsync("sandbox", default)).ShouldHaveSingleItem();
        reaper.MayEnd("network-partition", "shop").ShouldBeFalse("the guard must not count it");
    }

    [Fact]
    [Trait("Rule", "10")]
    public async Task Another_installations_entry_and_objects_are_never_touched_yet_listed()
    {
        var theirs = new LostEngine(Sandbox, "t-elsewhere");
        var placed = await theirs.PartAsync("payments", "checkout", TimeSpan.FromSeconds(2));
        var reaper = await ReaperAsync();

        await TwoRoundsAsync(reaper);
        await Client.CreateAsync(new V1ConfigMap { Metadata = new() { Name = Ledger.HaltObject, Namespace = "gameday" } });
        await TwoRoundsAsync(reaper);

        (await StandsAsync(placed)).ShouldBeTrue(reaper.Log);
        var left = await Engine.Ledger.SweepAsync("sandbox", default);
        left.Count(one => one is { Ours: false, InstallationId: "t-elsewhere" }).ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    [Trait("Rule", "1")]
    public async Task Of_two_installations_on_one_target_the_second_is_refused_and_told_who_holds_it()
    {
        var other = new LostEngine(Sandbox, "t-elsewhere");
        await ClaimAsync(Engine);

        var refused = await Should.ThrowAsync<LedgerHeld>(() => ClaimAsync(other));

        refused.Message.ShouldContain(Installation);
    }

    private async Task<LedgerEntry> ClaimAsync(LostEngine engine, string app = "store")
    {
        var order = engine.Order(await engine.TargetAsync(app), TimeSpan.FromSeconds(1), Guid.NewGuid(), ("from", "app=cart"));
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["policy"] = $"gameday-{order.ShortId}" };
        return await engine.Ledger.ClaimAsync(order, new("network-partition", "policy", values, "by hand"), default);
    }

    private async Task UntouchedAsync(IReadOnlyList<LedgerEntry> entries, string why, params string[] options)
    {
        var before = await VersionsAsync(entries);
        var reaper = await ReaperAsync("one", options);

        var reapers = new Reapers(Sandbox.Clusters, Engine.Options);
        await RunningSandbox.EventuallyAsync(() => reapers.SeenAsync("sandbox", default), seen => seen.Any(one => one.IsAlive && one.Untouched == entries.Count), "the count of what is untouched");
        await TwoRoundsAsync(reaper);

        reaper.Log.ShouldContain(why);
        (await VersionsAsync(entries)).ShouldBe(before);
        var left = await Engine.Ledger.SweepAsync("sandbox", default);
        foreach (var entry in entries)
        {
            reaper.Log.ShouldContain($"ConfigMap gameday/{entry.Name} is left untouched");
            left.ShouldContain(one => one.Object == $"ConfigMap gameday/{entry.Name}");
        }
    }

    private async Task<string[]> VersionsAsync(IEnumerable<LedgerEntry> entries) =>
        await Task.WhenAll(entries.Select(async entry => (await Client.ReadAsync<V1ConfigMap>(entry.Name, "gameday")).Metadata.ResourceVersion!));
}
