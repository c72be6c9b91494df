using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.IntegrationTests.Kubernetes;
using GameDay.Kubernetes;
using Shouldly;

namespace GameDay.IntegrationTests.Faults;

[Collection("sandbox")]
public sealed class LedgerTests(RunningSandbox sandbox) : IAsyncLifetime
{
    private readonly Orders _orders = new(sandbox);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>No test's entry stands in the way of the next one's.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var map in (await sandbox.Client.ListAsync<V1ConfigMap>("gameday", Marks.OursSelector)).Items)
            await sandbox.Client.DeleteAsync<V1ConfigMap>(map.Metadata.Name!, "gameday");
        await _orders.Ledger.SetHaltAsync("sandbox", null, default);
    }

    [Fact]
    public async Task The_right_to_inject_is_got_once_and_the_holder_is_named_to_the_next()
    {
        var target = await _orders.OneAsync("store");
        var (first, second) = (Orders.For(target), Orders.For(target));
        var entry = await _orders.Ledger.ClaimAsync(first, Undo("net"), default);

        var held = await Should.ThrowAsync<LedgerHeld>(() => _orders.Ledger.ClaimAsync(second, Undo("net"), default));

        entry.CreatedAt.ShouldBe(entry.ServerNow, TimeSpan.FromSeconds(3));
        held.Message.ShouldContain(first.ShortId);
        held.Message.ShouldContain(target.Name);
        (await _orders.Ledger.FindAsync(second, Undo("net"), default)).ShouldBeNull("the entry is another injection's");
        (await _orders.Ledger.FindAsync(first, Undo("net"), default))!.Recorded.ShouldBe("Active");
        await Should.ThrowAsync<LedgerHeld>(() => _orders.Ledger.ClaimAsync(first, Undo("net"), default));
        await _orders.Ledger.ClaimAsync(second, Undo("policy"), default);
    }

    [Fact]
    public async Task Of_many_claims_at_once_one_wins()
    {
        var target = await _orders.OneAsync("store");
        var claims = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            try
            {
                await _orders.Ledger.ClaimAsync(Orders.For(target), Undo("net"), default);
                return true;
            }
            catch (LedgerHeld)
            {
                return false;
            }
        }));

        claims.Count(won => won).ShouldBe(1);
    }

    [Fact]
    public async Task A_proved_entry_stays_and_blocks_until_nothing_of_it_can_land()
    {
        var target = await _orders.OneAsync("store");
        var first = Orders.For(target);
        await _orders.Ledger.ClaimAsync(first, Undo("net"), default);
        await _orders.Ledger.MarkProvedAsync(first, Undo("net"), Proof(), default);

        var entry = (await _orders.Ledger.FindAsync(first, Undo("net"), default)).ShouldNotBeNull();
        entry.Wanted.ShouldBe("Reverted");
        entry.Recorded.ShouldBe("proved");
        (await Should.ThrowAsync<LedgerHeld>(() => _orders.Ledger.ClaimAsync(Orders.For(target), Undo("net"), default))).Message.ShouldContain("try again after");
        (await Should.ThrowAsync<LedgerHeld>(() => _orders.Ledger.ClaimAsync(first, Undo("net"), default))).Message.ShouldContain(first.ShortId);
        (await _orders.Ledger.SweepAsync("sandbox", default)).ShouldBeEmpty("what is proved is no leftover");
        (await _orders.Ledger.FindAsync(first, Undo("net"), default)).ShouldNotBeNull("the sweep keeps it for ten minutes");
    }

    [Fact]
    public async Task Proof_that_does_not_hold_is_not_written()
    {
        var order = Orders.For(await _orders.OneAsync("store"));
        await _orders.Ledger.ClaimAsync(order, Undo("net"), default);

        await Should.ThrowAsync<ArgumentException>(() => _orders.Ledger.MarkProvedAsync(order, Undo("net"), Proof() with { Holds = false }, default));
    }

    [Fact]
    public async Task Halt_stops_every_claim_until_it_is_released()
    {
        await _orders.Ledger.SetHaltAsync("sandbox", "a real incident", default);
        await _orders.Ledger.SetHaltAsync("sandbox", "pressed twice", default);
        var order = Orders.For(await _orders.OneAsync("store"));

        (await _orders.Ledger.IsHaltedAsync("sandbox", default)).ShouldBeTrue();
        (await Should.ThrowAsync<HaltInForce>(() => _orders.Ledger.ClaimAsync(order, Undo("net"), default))).Message.ShouldContain("a real incident");
        await Should.ThrowAsync<HaltInForce>(() => _orders.Ledger.ClaimAsync(order, Undo("none"), default));

        await _orders.Ledger.SetHaltAsync("sandbox", null, default);
        await _orders.Ledger.ClaimAsync(order, Undo("net"), default);
    }

    [Fact]
    public async Task A_fault_without_undo_has_no_entry()
    {
        var order = Orders.For(await _orders.OneAsync("store"));

        (await _orders.Ledger.ClaimAsync(order, Undo("none"), default)).Name.ShouldBe("");
        (await _orders.Ledger.FindAsync(order, Undo("none"), default)).ShouldBeNull();
    }

    [Fact]
    public async Task Leftovers_are_listed_by_ledger_and_by_label_and_other_installations_never_touched()
    {
        var target = await _orders.OneAsync("payments");
        var ours = Orders.For(target, ("from", "app=checkout"));
        var theirs = Orders.For(target) with { InstallationId = "elsewhere" };
        var undo = await _orders.Partition.PrepareAsync(ours, default);
        await _orders.Ledger.ClaimAsync(ours, undo, default);
        await _orders.Ledger.ClaimAsync(theirs, Undo("net"), default);
        await _orders.Partition.InjectAsync(ours, undo, default);

        var leftovers = await _orders.Ledger.SweepAsync("sandbox", default);

        leftovers.Count.ShouldBe(3);
        leftovers.Count(leftover => leftover.Ours).ShouldBe(2);
        leftovers.ShouldContain(leftover => leftover.Object == $"NetworkPolicy shop/gameday-{ours.ShortId}" && leftover.UndoByHand.Contains("delete networkpolicy"));
        leftovers.Single(leftover => !leftover.Ours).InstallationId.ShouldBe("elsewhere");

        await _orders.Partition.RevertAsync(ours, undo, default);
        await _orders.Ledger.MarkProvedAsync(ours, undo, await _orders.Partition.VerifyRevertedAsync(ours, undo, default), default);
        (await _orders.Ledger.SweepAsync("sandbox", default)).ShouldHaveSingleItem().Ours.ShouldBeFalse();
    }

    [Fact]
    public async Task An_entry_of_another_version_is_listed_and_left_alone()
    {
        var target = await _orders.OneAsync("store");
        await _orders.Ledger.ClaimAsync(Orders.For(target), Undo("net"), default);
        var name = LedgerContent.NameOf(target.Uid, "net");
        await sandbox.Client.PatchAsync<V1ConfigMap>(V1Patch.Merge(new { data = new { version = "9" } }), name, "gameday");

        (await _orders.Ledger.SweepAsync("sandbox", default)).ShouldHaveSingleItem().Object.ShouldBe($"ConfigMap gameday/{name}");
        (await Should.ThrowAsync<LedgerHeld>(() => _orders.Ledger.ClaimAsync(Orders.For(target), Undo("net"), default))).Message.ShouldContain("another version");
    }

    private static UndoPlan Undo(string layer) => new("network-latency", layer, new Dictionary<string, string>(), "kubectl -n shop delete pod store-0");

    private static Evidence Proof() => new(true, "table and qdisc are gone", new Dictionary<string, string>(), DateTimeOffset.UtcNow);
}
