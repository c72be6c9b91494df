using System.Runtime.CompilerServices;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Faults;

/// <summary>What holds for every kind there is.</summary>
public sealed class KindTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../.."));

    public static TheoryData<string> Ids => [.. RegisteredKinds.All.Select(kind => kind.Id)];

    [Fact]
    public void Those_that_leave_nothing_to_undo_act_in_bulk_and_no_others() =>
        RegisteredKinds.Faults.Where(fault => fault is IBulkFault).Select(fault => fault.Kind.Id).ShouldBe(
            RegisteredKinds.All.Where(kind => kind.Layer == "none" && kind.EffectClass == "API object").Select(kind => kind.Id));

    [Theory, MemberData(nameof(Ids))]
    public void Each_has_a_page_that_says_how_to_stop_everything_and_how_to_undo_it_by_hand(string id)
    {
        var page = File.ReadAllText(Path.Combine(Root, Of(id).Runbook));

        page.ShouldContain("kubectl -n gameday create configmap gameday-halt");
        page.ShouldContain("## What it does");
        page.ShouldContain("## Blast radius");
        page.ShouldContain("## Who ends it");
        page.ShouldContain("## Undo it by hand");
        foreach (var setting in Of(id).Settings)
            page.ShouldContain($"`{setting.Name}`");
    }

    [Theory, MemberData(nameof(Ids))]
    public void Each_asks_for_every_permission_once_and_names_who_can_undo_it(string id)
    {
        Of(id).Permissions.ShouldBeUnique();
        Of(id).Permissions.ShouldNotBeEmpty();
        Of(id).WhoCanUndo.ShouldNotBeEmpty();
        Of(id).Permissions.Where(needed => needed.Resource == "nodes").ShouldAllBe(needed => needed.ClusterScoped);
    }

    [Fact]
    public void The_four_effect_classes_are_named()
    {
        RegisteredKinds.All.Select(kind => kind.EffectClass).Distinct().ShouldBeSubsetOf(["kernel", "process", "API object", "node"]);
    }

    [Theory]
    [InlineData("network-partition", "by", "agent", "net", TargetKind.Pod)]
    [InlineData("network-partition", "by", "policy", "policy", TargetKind.Pod)]
    [InlineData("zone-outage", "mode", "partition", "net", TargetKind.Pod)]
    [InlineData("zone-outage", "mode", "evict", "cordon", TargetKind.Node)]
    [InlineData("node-drain", "within", "5s", "cordon", TargetKind.Node)]
    [InlineData("process-pause", "container", "web", "process", TargetKind.Pod)]
    [InlineData("process-kill", "container", "web", "none", TargetKind.Pod)]
    [InlineData("dependency-outage", "none", "", "replicas", TargetKind.Workload)]
    public void Layer_and_targets_follow_the_settings(string id, string setting, string value, string layer, TargetKind targets)
    {
        var settings = new Dictionary<string, string> { [setting] = value };

        Of(id).LayerOf(settings).ShouldBe(layer);
        Of(id).TargetsOf(settings).ShouldBe(targets);
    }

    private static FaultKind Of(string id) => RegisteredKinds.All.Single(kind => kind.Id == id);

    private static string Here([CallerFilePath] string path = "") => path;
}
