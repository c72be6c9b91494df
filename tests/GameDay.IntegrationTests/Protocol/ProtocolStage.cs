using GameDay.Faults;
using GameDay.IntegrationTests.Kubernetes;
using GameDay.Kubernetes;
using Shouldly;

namespace GameDay.IntegrationTests.Protocol;

[CollectionDefinition("protocol")]
public sealed class ProtocolCollection : ICollectionFixture<RunningSandbox>;

/// <summary>One installation per test, so that nobody's entries are mixed up; what it left is cleared away.</summary>
[Collection("protocol")]
public abstract class ProtocolStage : IAsyncLifetime
{
    protected static readonly TimeSpan Long = TimeSpan.FromMinutes(20);
    private readonly List<ReaperUnderTest> _reapers = [];

    protected ProtocolStage(RunningSandbox sandbox)
    {
        Sandbox = sandbox;
        Engine = new(sandbox, Installation);
    }

    protected RunningSandbox Sandbox { get; }

    protected string Installation { get; } = $"t-{Guid.NewGuid():N}"[..12];

    protected LostEngine Engine { get; }

    protected KubernetesClient Client => Sandbox.Client;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Client.DeleteAsync<V1ConfigMap>(Ledger.HaltObject, "gameday");
        foreach (var reaper in _reapers)
            await reaper.DisposeAsync();
        foreach (var policy in (await Client.ListAsync<V1NetworkPolicy>("shop", Marks.OursSelector)).Items)
            await Client.DeleteAsync<V1NetworkPolicy>(policy.Metadata.Name!, "shop");
        foreach (var pod in (await Client.ListAsync<V1Pod>("shop", "gameday.dev/partition")).Items)
            await Client.PatchAsync<V1Pod>(V1Patch.Merge(new { metadata = new { labels = new Dictionary<string, string?> { ["gameday.dev/partition"] = null } } }), pod.Metadata.Name!, "shop");
        foreach (var map in (await Client.ListAsync<V1ConfigMap>("gameday", Marks.OursSelector)).Items)
            await Client.DeleteAsync<V1ConfigMap>(map.Metadata.Name!, "gameday");
    }

    protected Task<ReaperUnderTest> ReaperAsync(string name = "one", params string[] more) => ReaperAsync(0, name, more);

    protected async Task<ReaperUnderTest> ReaperAsync(int clockOffsetSeconds, string name, params string[] more)
    {
        var reaper = await ReaperUnderTest.StartAsync(Sandbox, Installation, name, clockOffsetSeconds, more);
        _reapers.Add(reaper);
        return reaper;
    }

    protected async Task<bool> StandsAsync(Placed placed) => await Client.FindAsync<V1NetworkPolicy>(placed.Policy, "shop") is not null;

    protected Task GoneAsync(Placed placed) => RunningSandbox.EventuallyAsync(() => StandsAsync(placed), stands => !stands, $"the end of {placed.Policy}");

    protected Task ProvedAsync(Placed placed) =>
        RunningSandbox.EventuallyAsync(() => Engine.Ledger.FindAsync(placed.Order, placed.Undo, default), entry => entry?.Recorded == "proved", $"the proof of injection {placed.Order.ShortId}");

    /// <summary>Its reader has looked at the ledger at least twice since.</summary>
    protected static async Task TwoRoundsAsync(ReaperUnderTest reaper)
    {
        reaper.Log.ShouldContain("reaper ready");
        await Task.Delay(TimeSpan.FromSeconds(3));
    }
}
