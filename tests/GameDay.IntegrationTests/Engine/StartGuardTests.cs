using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Domain.Safety;
using GameDay.IntegrationTests.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace GameDay.IntegrationTests.Engine;

/// <summary>The engine itself asks the guards at the start: whoever starts a run, and however, nothing is touched when one refuses.</summary>
public sealed class StartGuardTests(Databases databases)
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Theory]
    [Trait("Rule", "before the fault")]
    [InlineData("limit of the cluster", "this server allows 1")]
    [InlineData("limit of the namespace", "this server allows 50 %")]
    [InlineData("forbidden namespace", "forbidden by this server")]
    [InlineData("freeze", "'Sale'")]
    [InlineData("open incident", "'Payments down'")]
    [InlineData("no reaper", "no reaper has reported")]
    [InlineData("unfit node", "node-1: its clock is 9 s off")]
    [InlineData("dry run refused", "fake: asked")]
    public async Task A_guard_that_refuses_at_the_start_touches_nothing(string why, string says)
    {
        var cluster = new FakeCluster { Choose = 2, PutsAgents = why == "unfit node" };
        await using var node = await EngineNode.StartAsync(await databases.CreateAsync(), cluster, more: services => Spoil(why, services));
        if (why == "dry run refused") cluster.Denied = true;
        await using (var db = node.Open())
        {
            if (why == "freeze") db.Freezes.Add(new FreezeWindow(Guid.NewGuid(), "Sale", "month end", Now.AddMinutes(-1), Now.AddHours(1), "Ana"));
            if (why == "open incident") db.Incidents.Add(new OpenIncident(Guid.NewGuid(), "Payments down", "Ben", Now));
            await db.SaveChangesAsync();
        }
        var exercise = await node.RunningAsync();
        var run = await node.UntilAsync(await node.StartAsync(exercise), RunState.Refused);
        run.Reason.ShouldNotBeNull().ShouldContain(says);
        cluster.Injected.ShouldBeEmpty();
        cluster.Entries.ShouldBeEmpty();
    }

    private static void Spoil(string why, IServiceCollection services)
    {
        switch (why)
        {
            case "limit of the cluster": services.AddSingleton(new Limits { Clusters = new Dictionary<string, ClusterLimits> { ["sandbox"] = new() { MaxTargetsAtOnce = 1 } } }); break;
            case "limit of the namespace": services.AddSingleton(new Limits { MaxPercentOfNamespace = 50 }); break;
            case "forbidden namespace": services.AddSingleton(new Limits { ForbiddenNamespaces = ["shop"] }); break;
            case "no reaper": services.AddSingleton<IReapers>(new NoReaper()); break;
            case "unfit node": services.AddSingleton<INodeRehearsals>(new UnfitNode()); break;
        }
    }

    private sealed class NoReaper : IReapers
    {
        public Task<IReadOnlyList<ReaperSeen>> SeenAsync(string cluster, CancellationToken ct) => Task.FromResult<IReadOnlyList<ReaperSeen>>([]);
    }

    private sealed class UnfitNode : INodeRehearsals
    {
        public Task<IReadOnlyList<NodeRehearsal>> AskAsync(string cluster, IReadOnlyList<FaultTarget> targets, bool mayTry, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<NodeRehearsal>>([new("node-1", false, "its clock is 9 s off", Now)]);
    }
}
