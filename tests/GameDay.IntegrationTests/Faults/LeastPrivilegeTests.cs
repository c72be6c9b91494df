using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.Web.CommandLine;
using Shouldly;
using Xunit;

namespace GameDay.IntegrationTests.Faults;

/// <summary>Each kind with exactly the Roles that <c>./gameday rbac</c> prints for it: its whole life works, and one verb less is refused before anything happens.</summary>
public sealed class LeastPrivilegeTests(LiveSandbox sandbox) : IClassFixture<LiveSandbox>
{
    private static readonly IReadOnlyList<FaultKind> Kinds = ManifestsCommand.Kinds();
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    public static TheoryData<string, string, string, string> Lives => new()
    {
        { "pod-kill", "catalogue", "", "mode=delete" },
        { "pod-kill", "catalogue", "", "mode=evict" },
        { "process-kill", "store-replica", "", "" },
        { "process-pause", "catalogue", "", "" },
        { "network-latency", "checkout", "", "delay=200ms to=app=payments" },
        { "network-loss", "checkout", "", "percent=100 to=app=payments" },
        { "network-bandwidth", "checkout", "", "kbit=64 to=app=payments" },
        { "network-partition", "checkout", "", "by=policy to=app=payments" },
        { "network-partition", "checkout", "", "by=agent to=app=payments" },
        { "dependency-outage", "payments", "", "" },
        { "node-drain", "", "node-b1", "within=2s" },
        { "zone-outage", "", "node-c1", "mode=cordon" },
        { "zone-outage", "", "node-c2", "mode=evict within=2s" },
    };

    [Theory, MemberData(nameof(Lives))]
    public async Task A_kind_lives_its_whole_life_with_the_least_roles(string id, string app, string node, string settings)
    {
        using var granted = new Granted(sandbox, Kinds.Single(k => k.Id == id));
        var (fault, ledger) = (granted.Fault, granted.App<ILedger>());
        var order = await PreflightAsync(granted, app, node, settings);

        var undo = await fault.PrepareAsync(order, default);
        granted.ForgetEntries();
        await ledger.ClaimAsync(order, undo, default);
        await granted.App<IRunBeat>().BeatAsync(LiveSandbox.Cluster, order.RunId, default);
        // Whether traffic feels it is other tests' part: a call that is not allowed throws.
        await fault.InjectAsync(order, undo, default);
        await ledger.WantRevertedAsync(order, undo, default);
        await fault.RevertAsync(order, undo, default);
        await LiveSandbox.UntilAsync(async () => (await fault.VerifyRevertedAsync(order, undo, default)).Holds);
        await ledger.MarkProvedAsync(order, undo, await fault.VerifyRevertedAsync(order, undo, default), default);
        await granted.App<IRunBeat>().EndAsync(LiveSandbox.Cluster, order.RunId, default);
        (await ledger.SweepAsync(LiveSandbox.Cluster, default)).Where(left => left.InstallationId == order.InstallationId).ShouldBeEmpty();

        if (undo.Layer != "none")
            await ReapedAsync(granted, app, node, settings);
    }

    /// <summary>Injected, and nobody there who would end it but the reaper with its own account.</summary>
    private async Task ReapedAsync(Granted granted, string app, string node, string settings)
    {
        var (fault, ledger) = (granted.Fault, granted.App<ILedger>());
        var order = await OrderAsync(granted, app, node, settings, another: true);
        var undo = await fault.PrepareAsync(order, default);
        granted.ForgetEntries();
        await ledger.ClaimAsync(order, undo, default);
        await fault.InjectAsync(order, undo, default);
        // A reaper proves nothing before the time in which a request could land late: by the server's clock that is over.
        using var later = sandbox.Ahead(undo.Values.ContainsKey("agent") ? TimeSpan.Zero : TimeSpan.FromMinutes(1));
        await using var log = new StringWriter();
        using var reaper = granted.Reaper(log);
        using var stop = new CancellationTokenSource();

        var reaping = reaper.RunAsync(stop.Token);
        await LiveSandbox.UntilAsync(async () => (await ledger.FindAsync(order, undo, default))?.Recorded == "proved");
        await stop.CancelAsync();
        await reaping;

        log.ToString().ShouldNotContain("nothing can be read");
        (await fault.VerifyRevertedAsync(order, undo, default)).Holds.ShouldBeTrue();
    }

    public static TheoryData<string> Ids => [.. Kinds.Select(k => k.Id)];

    [Theory, MemberData(nameof(Ids))]
    public async Task One_verb_less_in_any_rule_is_refused_in_preflight(string id)
    {
        var kind = Kinds.Single(k => k.Id == id);
        using var granted = new Granted(sandbox, kind);
        (await MissingAsync(granted, kind)).ShouldBeEmpty();
        granted.Held.Count.ShouldBeGreaterThan(20);

        foreach (var (ns, permission) in granted.Held)
        {
            granted.AllBut(ns, permission);
            (await MissingAsync(granted, kind)).ShouldContain(missing => missing.Resource == permission.Resource && missing.Verb == permission.Verb && missing.ApiGroup == permission.ApiGroup, $"{permission} in {ns}");
        }
    }

    private static async Task<IReadOnlyList<PermissionNeeded>> MissingAsync(Granted granted, FaultKind kind) =>
        [.. (await granted.App<ITargets>().AskPermissionsAsync(LiveSandbox.Cluster, "shop", kind.Permissions, default)).Where(answer => !answer.Allowed).Select(answer => answer.Permission)];

    /// <summary>What the app reads before a fault: nothing of it may stay unknown for want of a permission.</summary>
    private async Task<InjectionOrder> PreflightAsync(Granted granted, string app, string node, string settings)
    {
        var kind = granted.Fault.Kind;
        (await MissingAsync(granted, kind)).ShouldBeEmpty();
        (await granted.App<ILedger>().IsHaltedAsync(LiveSandbox.Cluster, default)).ShouldBeFalse();
        var order = await OrderAsync(granted, app, node, settings);
        FaultTarget[] targets = [order.Target];
        (await granted.App<ISurroundings>().RescuersAsync(LiveSandbox.Cluster, order.Target.Kind == "Node", default)).Unread.ShouldBeEmpty();
        await granted.App<ISurroundings>().MeasureAsync(LiveSandbox.Cluster, "shop", targets, default);
        await granted.App<IOtherWriters>().FindAsync(LiveSandbox.Cluster, targets, default);
        await granted.App<IReapers>().SeenAsync(LiveSandbox.Cluster, default);
        await granted.App<ILedger>().HoldsAsync(LiveSandbox.Cluster, kind.LayerOf(order.Settings), targets, default);
        if (kind.UsesAgent && order.Target.Kind == "Pod")
            (await granted.App<INodeRehearsals>().AskAsync(LiveSandbox.Cluster, targets, mayTry: true, default)).ShouldAllBe(tried => tried.Fit == true);
        (await granted.Fault.RehearseAsync(order, default)).ShouldAllBe(rehearsal => rehearsal.Accepted == true);
        (await granted.App<ClusterConnections>().For(LiveSandbox.Cluster).ProxyGetAsync("shop", "storefront", "80", "/")).Status.ShouldBeLessThan(500);
        return order;
    }

    private async Task<InjectionOrder> OrderAsync(Granted granted, string app, string node, string settings, bool another = false)
    {
        var given = settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split('=', 2)).ToDictionary(s => s[0], s => s[1], StringComparer.Ordinal);
        var filled = FaultSettings.WithDefaults(granted.Fault.Kind, given);
        var spec = node.Length > 0 ? new TargetSpec("shop", "") { Node = node } : granted.Fault.Kind.Touches(filled) == TargetKind.Workload ? new TargetSpec("shop", "") { Owner = $"Deployment/{app}" } : new TargetSpec("shop", $"app={app}", Choice.All);
        IReadOnlyList<FaultTarget> targets = [];
        await LiveSandbox.UntilAsync(async () =>
        {
            targets = await FoundAsync(granted, spec, filled);
            return targets.Count > 0;
        });
        var order = await sandbox.OrderForAsync(another ? targets[^1] : targets[0], Long, [.. filled.Select(s => (s.Key, s.Value))]);
        return order with { InstallationId = "least" };
    }

    private static async Task<IReadOnlyList<FaultTarget>> FoundAsync(Granted granted, TargetSpec spec, IReadOnlyDictionary<string, string> settings)
    {
        var kind = granted.Fault.Kind.Touches(settings);
        var found = (await granted.App<ITargets>().ResolveAsync(LiveSandbox.Cluster, spec, kind, seed: 1, default)).Chosen;
        return [.. found.Where(target => target.Kind != "Pod" || target.Ready)];
    }
}
