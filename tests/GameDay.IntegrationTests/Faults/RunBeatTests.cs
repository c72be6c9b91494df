using GameDay.Faults;
using GameDay.IntegrationTests.Kubernetes;
using GameDay.Kubernetes;
using Shouldly;

namespace GameDay.IntegrationTests.Faults;

[Collection("sandbox")]
public sealed class RunBeatTests(RunningSandbox sandbox)
{
    private readonly FaultOptions _options = new() { InstallationId = "tests" };

    [Fact]
    [Trait("Rule", "9")]
    public async Task Each_beat_changes_the_runs_lease_and_its_end_removes_it()
    {
        var run = Guid.NewGuid();
        var beat = new RunBeat(sandbox.Clusters, _options);

        await beat.BeatAsync("sandbox", run, default);
        var first = await sandbox.Client.ReadAsync<V1Lease>(RunBeat.NameOf(run), "gameday");
        await beat.BeatAsync("sandbox", run, default);
        var second = await sandbox.Client.ReadAsync<V1Lease>(RunBeat.NameOf(run), "gameday");
        await beat.EndAsync("sandbox", run, default);
        await beat.EndAsync("sandbox", run, default);

        second.Metadata.ResourceVersion.ShouldNotBe(first.Metadata.ResourceVersion);
        second.Spec!.HolderIdentity.ShouldBe(_options.Identity);
        second.Metadata.Label(Marks.Installation).ShouldBe("tests");
        (await sandbox.Client.FindAsync<V1Lease>(RunBeat.NameOf(run), "gameday")).ShouldBeNull();
    }
}
