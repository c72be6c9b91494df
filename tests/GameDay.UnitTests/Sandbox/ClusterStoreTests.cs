using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;
using GameDay.UnitTests.Agent;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox;

public sealed class ClusterStoreTests
{
    private readonly ClusterStore store = new(TimeProvider.System, historyLength: 4);

    [Fact]
    public void A_created_object_gets_identity_and_a_version()
    {
        var pod = store.Create(ResourceTypes.Pods, Pod("a"));

        pod.Uid().ShouldNotBeEmpty();
        pod.ResourceVersion().ShouldNotBeEmpty();
        pod.Text("metadata", "creationTimestamp").ShouldNotBeNull();
        store.Get(ResourceTypes.Pods, "shop", "a").Text("kind").ShouldBe("Pod");
    }

    [Fact]
    public void Large_objects_are_remembered_for_fewer_changes()
    {
        var large = new ClusterStore(TimeProvider.System);
        var text = new string('x', 512 * 1024);
        large.Create(ResourceTypes.ConfigMaps, new JsonObject { ["metadata"] = new JsonObject { ["name"] = "c", ["namespace"] = "shop" } });
        for (var i = 0; i < 80; i++)
        {
            large.Mutate(ResourceTypes.ConfigMaps, "shop", "c", item => item["data"] = new JsonObject { ["a"] = text, ["b"] = i.ToString() });
        }

        large.Remembers(ResourceTypes.ConfigMaps, large.Version - 64).ShouldBeTrue();
        large.Remembers(ResourceTypes.ConfigMaps, large.Version - 65).ShouldBeFalse();
    }

    [Fact]
    public void Lists_of_a_namespace_and_of_all_are_in_the_order_of_their_keys()
    {
        foreach (var (ns, name) in new[] { ("a", "z"), ("a-b", "m"), ("b", "a"), ("a", "b") })
        {
            store.Create(ResourceTypes.ConfigMaps, new JsonObject { ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns } });
        }

        store.Snapshot(ResourceTypes.ConfigMaps, null).Items.Select(item => item.Key).ShouldBe(["a-b/m", "a/b", "a/z", "b/a"]);
        store.Snapshot(ResourceTypes.ConfigMaps, "a").Items.Select(item => item.Key).ShouldBe(["a/b", "a/z"]);
    }

    [Fact]
    public void A_lagging_view_shows_what_was_and_never_less_than_the_version_asked_for()
    {
        var clock = new ManualClock(DateTimeOffset.UnixEpoch);
        var aged = new ClusterStore(clock);
        aged.Create(ResourceTypes.Pods, Pod("changed"));
        aged.Create(ResourceTypes.Pods, Pod("deleted"));
        clock.Advance(TimeSpan.FromSeconds(10));
        aged.Delete(ResourceTypes.Pods, "shop", "deleted", DeleteOptions.Now);
        aged.Mutate(ResourceTypes.Pods, "shop", "changed", pod => pod.Ensure("status")["phase"] = "Running");
        var newest = long.Parse(aged.Create(ResourceTypes.Pods, Pod("new")).ResourceVersion());

        var (version, then) = aged.SnapshotOf(TimeSpan.FromSeconds(5), ResourceTypes.Pods, "shop", notBefore: 0);
        then.Select(pod => pod.Facts.Name).ShouldBe(["changed", "deleted"]);
        then[0].Facts.Phase.ShouldNotBe("Running");
        version.ShouldBeLessThan(newest);
        aged.SnapshotOf(TimeSpan.FromSeconds(5), ResourceTypes.Pods, "shop", notBefore: newest).Items.Select(pod => pod.Facts.Name).ShouldBe(["changed", "new"]);
    }

    [Fact]
    public void A_stale_update_is_a_conflict()
    {
        var stale = store.Create(ResourceTypes.Pods, Pod("a"));
        store.Mutate(ResourceTypes.Pods, "shop", "a", pod => pod.Ensure("status")["phase"] = "Running");

        Should.Throw<ApiException>(() => store.Update(ResourceTypes.Pods, stale)).Reason.ShouldBe("Conflict");
    }

    [Fact]
    public void A_change_that_changes_nothing_spends_no_version()
    {
        var before = store.Create(ResourceTypes.Pods, Pod("a"));
        var after = store.Mutate(ResourceTypes.Pods, "shop", "a", pod => pod.Ensure("spec")["nodeName"] = "node-a1");

        after.ResourceVersion().ShouldBe(before.ResourceVersion());
    }

    [Fact]
    public void A_pod_on_a_node_waits_for_its_kubelet()
    {
        store.Create(ResourceTypes.Pods, Pod("a"));

        store.Delete(ResourceTypes.Pods, "shop", "a").IsDeleting().ShouldBeTrue();
        store.Get(ResourceTypes.Pods, "shop", "a").Number("metadata", "deletionGracePeriodSeconds").ShouldBe(30);

        store.Delete(ResourceTypes.Pods, "shop", "a", DeleteOptions.Now);
        store.Find(ResourceTypes.Pods, "shop", "a").ShouldBeNull();
    }

    [Fact]
    public void Deleting_with_another_uid_deletes_nothing()
    {
        store.Create(ResourceTypes.Pods, Pod("a"));

        Should.Throw<ApiException>(() => store.Delete(ResourceTypes.Pods, "shop", "a", new DeleteOptions(Uid: "other"))).Code.ShouldBe(409);
        store.Find(ResourceTypes.Pods, "shop", "a").ShouldNotBeNull();
    }

    [Fact]
    public void A_version_older_than_the_history_has_expired()
    {
        var first = store.Create(ResourceTypes.ConfigMaps, Named("c0")).ResourceVersion();
        for (var i = 1; i < 8; i++)
        {
            store.Create(ResourceTypes.ConfigMaps, Named($"c{i}"));
        }

        Should.Throw<ApiException>(() => store.Subscribe(ResourceTypes.ConfigMaps, ResourceVersions.Parse(first))).Code.ShouldBe(410);
    }

    [Fact]
    public async Task A_watch_begins_with_what_is_there_and_goes_on_with_what_happens()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        store.Create(ResourceTypes.Pods, Pod("a"));
        var seen = new List<string>();

        await foreach (var change in store.Watch(ResourceTypes.Pods, cancellationToken: deadline.Token))
        {
            seen.Add($"{change.Type} {change.Object.Name()}");
            if (seen.Count == 1)
            {
                store.Delete(ResourceTypes.Pods, "shop", "a");
                store.Delete(ResourceTypes.Pods, "shop", "a", DeleteOptions.Now);
            }
            else if (seen.Count == 3)
            {
                break;
            }
        }

        seen.ShouldBe(["ADDED a", "MODIFIED a", "DELETED a"]);
    }

    [Fact]
    public void A_changed_spec_is_a_new_generation_and_a_changed_status_is_not()
    {
        store.Create(ResourceTypes.Deployments, Named("web"));

        store.Mutate(ResourceTypes.Deployments, "shop", "web", item => item.Ensure("status")["replicas"] = 1);
        store.Mutate(ResourceTypes.Deployments, "shop", "web", item => item.Ensure("spec")["replicas"] = 2)
            .Number("metadata", "generation").ShouldBe(2);
    }

    [Fact]
    public void A_dry_run_stores_nothing()
    {
        store.Create(ResourceTypes.Pods, Pod("a"), dryRun: true).Uid().ShouldNotBeEmpty();

        store.Find(ResourceTypes.Pods, "shop", "a").ShouldBeNull();
    }

    private static JsonObject Named(string name) => new() { ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "shop" } };

    private static JsonObject Pod(string name)
    {
        var pod = Named(name);
        pod["spec"] = new JsonObject { ["nodeName"] = "node-a1" };
        return pod;
    }
}
