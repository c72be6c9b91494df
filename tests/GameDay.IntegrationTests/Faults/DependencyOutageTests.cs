using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.Faults.Surroundings;
using GameDay.IntegrationTests.Sandbox;
using GameDay.Kubernetes;
using Shouldly;
using Xunit;

namespace GameDay.IntegrationTests.Faults;

/// <summary>A whole workload away and back, on the living shop; the Deployment itself is the judge.</summary>
public sealed class DependencyOutageTests(LiveSandbox sandbox) : IClassFixture<LiveSandbox>, IAsyncLifetime
{
    private const string Catalogue = "catalogue";

    private DependencyOutage Fault => new(sandbox.Clusters);

    public async ValueTask InitializeAsync()
    {
        sandbox.Behave();
        await LiveSandbox.UntilAsync(async () => (await ReadAsync()).Status?.ReadyReplicas == 2);
    }

    /// <summary>Whatever a test left or broke, the next one finds two replicas and no marks.</summary>
    public async ValueTask DisposeAsync()
    {
        sandbox.Behave();
        var labels = new Dictionary<string, string?> { [Marks.Injection] = null, [Marks.Installation] = null, [Marks.Run] = null };
        await sandbox.Client.PatchAsync<V1Deployment>(V1Patch.Merge(new { metadata = new { labels }, spec = new { replicas = 2 } }), Catalogue, "shop");
    }

    [Fact]
    [Trait("Rule", "10")]
    public async Task It_is_gone_and_comes_back_and_the_marks_say_how_by_hand_meanwhile()
    {
        var (order, undo) = await PreparedAsync();
        (await ReadAsync()).Spec!.Replicas.ShouldBe(2, "Prepare only reads");

        var effect = await Fault.InjectAsync(order, undo, default);

        effect.Holds.ShouldBeTrue(effect.Summary);
        (await sandbox.PodsAsync("app=catalogue")).ShouldBeEmpty();
        var faulted = await ReadAsync();
        faulted.Metadata.Label(Marks.Injection).ShouldBe(order.ShortId);
        faulted.Metadata.Label(Marks.Installation).ShouldBe("tests");
        faulted.Metadata.Annotation(Marks.UndoInWords).ShouldNotBeNull().ShouldStartWith("kubectl -n shop scale deployment catalogue --replicas=2");
        Marks.EntryOf(faulted.Metadata, LiveSandbox.Cluster)!.Undo.Values["replicas"].ShouldBe("2");
        (await Fault.VerifyRevertedAsync(order, undo, default)).Holds.ShouldBeFalse();

        await Fault.RevertAsync(order, undo, default);
        await Fault.RevertAsync(order, undo, default);

        await ProvedAsync(order, undo, "has its 2 replicas again");
        var after = (await ReadAsync()).Metadata;
        after.Labels!.Keys.ShouldNotContain(key => key.StartsWith("gameday.dev/"));
        after.Annotations?.Keys.ShouldNotContain(key => key.StartsWith("gameday.dev/"));
        await LiveSandbox.UntilAsync(async () => (await sandbox.PodsAsync("app=catalogue")).Count == 2);
    }

    [Theory]
    [Trait("Rule", "7")]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Replicas_that_a_deploy_or_an_autoscaler_wrote_meanwhile_stay_and_their_writer_is_named(int theirs)
    {
        var (order, undo) = await InjectedAsync();
        await KubectlScaleAsync(theirs);

        await Fault.RevertAsync(order, undo, default);

        (await ReadAsync()).Spec!.Replicas.ShouldBe(theirs);
        (await ProvedAsync(order, undo, $"has {theirs} replica")).SupersededBy.ShouldNotBeNull().ShouldStartWith("kubectl");
        (await ReadAsync()).Metadata.Label(Marks.Injection).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "7")]
    public async Task A_zero_that_somebody_else_wrote_is_left_at_zero()
    {
        var (order, undo) = await InjectedAsync();
        await KubectlScaleAsync(1);
        await KubectlScaleAsync(0);

        await Fault.RevertAsync(order, undo, default);

        (await ReadAsync()).Spec!.Replicas.ShouldBe(0);
        (await ProvedAsync(order, undo, "has 0 replicas")).SupersededBy.ShouldNotBeNull().ShouldStartWith("kubectl");
    }

    [Fact]
    [Trait("Rule", "7")]
    public async Task Scaled_between_recording_and_act_it_is_refused_untouched()
    {
        var (order, undo) = await PreparedAsync();
        await sandbox.Client.PatchScaleAsync<V1Deployment>(Catalogue, "shop", 3);

        (await Should.ThrowAsync<FaultRefused>(() => Fault.InjectAsync(order, undo, default))).Message.ShouldContain("scaled to 3");

        (await ReadAsync()).Metadata.Label(Marks.Injection).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "2")]
    public async Task An_answer_lost_after_the_effect_is_read_back_and_reverted()
    {
        var (order, undo) = await PreparedAsync();
        sandbox.Misbehave("lostAnswer", "/deployments/catalogue/scale", "PATCH");

        await Should.ThrowAsync<ClusterUnreachableException>(() => Fault.InjectAsync(order, undo, default));

        (await ReadAsync()).Spec!.Replicas.ShouldBe(0, "it landed though nobody was told");
        (await Fault.VerifyRevertedAsync(order, undo, default)).Holds.ShouldBeFalse();
        await Fault.RevertAsync(order, undo, default);
        await ProvedAsync(order, undo, "has its 2 replicas again");
    }

    [Fact]
    [Trait("Rule", "2")]
    public async Task A_write_that_comes_after_its_revert_changes_nothing()
    {
        var (order, undo) = await PreparedAsync();
        sandbox.Misbehave("slow", "/deployments/catalogue/scale", "PATCH", delay: TimeSpan.FromSeconds(3));
        var injecting = Fault.InjectAsync(order, undo, default);
        await LiveSandbox.UntilAsync(async () => (await ReadAsync()).Metadata.Label(Marks.Injection) == order.ShortId);

        await Fault.RevertAsync(order, undo, default);

        await Should.ThrowAsync<Exception>(() => injecting);
        (await ReadAsync()).Spec!.Replicas.ShouldBe(2);
        await ProvedAsync(order, undo, "has its 2 replicas again");
    }

    [Theory]
    [InlineData("tooManyRequests", 20)]
    [InlineData("internalError", 1)]
    public async Task A_server_that_fails_after_the_first_write_leaves_nothing_that_revert_does_not_take_off(string kind, int times)
    {
        var (order, undo) = await PreparedAsync();
        sandbox.Misbehave(kind, "/deployments/catalogue/scale", "PATCH", times);

        await Should.ThrowAsync<KubernetesException>(() => Fault.InjectAsync(order, undo, default));

        sandbox.Behave();
        await Fault.RevertAsync(order, undo, default);
        await ProvedAsync(order, undo, "has its 2 replicas again");
    }

    [Fact]
    [Trait("Rule", "8")]
    public async Task With_its_object_gone_there_is_nothing_left_and_with_its_pods_gone_there_is()
    {
        var name = await PlantAsync("short-lived");
        var order = await sandbox.OrderForAsync((await sandbox.TargetsAsync(new("shop", "") { Owner = $"Deployment/{name}" }, TargetKind.Workload))[0], TimeSpan.FromMinutes(1));
        var undo = await Fault.PrepareAsync(order, default);
        (await Fault.InjectAsync(order, undo, default)).Holds.ShouldBeTrue();
        (await Fault.VerifyRevertedAsync(order, undo, default)).Holds.ShouldBeFalse("all its pods are gone, the object is not");

        await sandbox.Client.DeleteAsync<V1Deployment>(name, "shop");
        await LiveSandbox.UntilAsync(async () => await sandbox.Client.FindAsync<V1Deployment>(name, "shop") is null);

        await Fault.RevertAsync(order, undo, default);
        await ProvedAsync(order, undo, "itself is gone");
    }

    [Fact]
    public async Task A_StatefulSet_goes_and_comes_back_as_a_Deployment_does()
    {
        var labels = new Dictionary<string, string> { ["app"] = "ledgerbook" };
        await sandbox.Client.CreateAsync(new V1StatefulSet
        {
            Metadata = new() { Name = "ledgerbook", Namespace = "shop" },
            Spec = new() { Replicas = 1, ServiceName = "ledgerbook", Selector = new() { MatchLabels = labels }, Template = new() { Metadata = new() { Labels = labels }, Spec = new() { Containers = [new() { Name = "x", Image = "ghost:1" }] } } },
        });
        await LiveSandbox.UntilAsync(async () => (await sandbox.PodsAsync("app=ledgerbook")).Count == 1);
        var order = await sandbox.OrderForAsync((await sandbox.TargetsAsync(new("shop", "") { Owner = "StatefulSet/ledgerbook" }, TargetKind.Workload))[0], TimeSpan.FromMinutes(1));
        var undo = await Fault.PrepareAsync(order, default);

        (await Fault.InjectAsync(order, undo, default)).Holds.ShouldBeTrue();
        (await sandbox.Client.ReadAsync<V1StatefulSet>("ledgerbook", "shop")).Spec!.Replicas.ShouldBe(0);
        await Fault.RevertAsync(order, undo, default);

        await ProvedAsync(order, undo, "StatefulSet/ledgerbook has its 1 replica again");
        undo.InWords.ShouldStartWith("kubectl -n shop scale statefulset ledgerbook --replicas=1");
    }

    [Fact]
    public async Task A_workload_replaced_between_approval_and_start_is_not_touched()
    {
        var name = await PlantAsync("replaced");
        var order = await sandbox.OrderForAsync((await sandbox.TargetsAsync(new("shop", "") { Owner = $"Deployment/{name}" }, TargetKind.Workload))[0], TimeSpan.FromMinutes(1));
        var undo = await Fault.PrepareAsync(order, default);
        await sandbox.Client.DeleteAsync<V1Deployment>(name, "shop");
        await LiveSandbox.UntilAsync(async () => await sandbox.Client.FindAsync<V1Deployment>(name, "shop") is null);
        await PlantAsync(name);

        (await Should.ThrowAsync<FaultRefused>(() => Fault.PrepareAsync(order, default))).Message.ShouldContain("was replaced");
        (await Should.ThrowAsync<FaultRefused>(() => Fault.InjectAsync(order, undo, default))).Message.ShouldContain("replaced");

        (await sandbox.Client.ReadAsync<V1Deployment>(name, "shop")).Spec!.Replicas.ShouldBe(1);
    }

    [Fact]
    [Trait("Rule", "13")]
    public async Task An_object_that_carries_another_injection_is_not_touched()
    {
        var (order, undo) = await InjectedAsync();
        var other = await sandbox.OrderForAsync(order.Target, TimeSpan.FromMinutes(1));

        await Fault.RevertAsync(other, undo, default);

        (await ReadAsync()).Spec!.Replicas.ShouldBe(0);
        (await Should.ThrowAsync<FaultRefused>(() => Fault.InjectAsync(other, undo, default))).Message.ShouldContain(order.ShortId);
        await Fault.RevertAsync(order, undo, default);
        await ProvedAsync(order, undo, "has its 2 replicas again");
    }

    [Fact]
    public async Task Preflight_asks_the_server_and_changes_nothing()
    {
        var order = await OrderAsync();

        (await Fault.RehearseAsync(order, default)).ShouldHaveSingleItem().Accepted.ShouldBe(true);
        sandbox.Misbehave("forbidden", "/deployments/catalogue/scale", "PATCH");
        (await Fault.RehearseAsync(order, default)).ShouldHaveSingleItem().Accepted.ShouldBe(false);

        (await ReadAsync()).Metadata.Label(Marks.Injection).ShouldBeNull();
    }

    [Fact]
    public async Task Who_else_writes_the_replicas_is_named_before_the_fault()
    {
        var scaler = new V2HorizontalPodAutoscaler { Metadata = new() { Name = "busy", Namespace = "shop" }, Spec = new() { ScaleTargetRef = new("Deployment", Catalogue), MinReplicas = 2, MaxReplicas = 5 } };
        await sandbox.Client.CreateAsync(scaler);
        try
        {
            var pods = await sandbox.TargetsAsync(new("shop", "app=catalogue", Choice.All), TargetKind.Pod);

            var writers = await new OtherWriters(sandbox.Clusters).FindAsync(LiveSandbox.Cluster, pods, default);

            writers.ShouldHaveSingleItem().ShouldBe(new("Deployment/catalogue", "HorizontalPodAutoscaler busy (2 to 5)", writers[0].Words));
        }
        finally
        {
            await sandbox.Client.DeleteAsync<V2HorizontalPodAutoscaler>("busy", "shop");
        }
    }

    [Fact]
    public void Deployers_are_known_by_their_marks()
    {
        var metadata = new V1ObjectMeta
        {
            Labels = new Dictionary<string, string> { ["kustomize.toolkit.fluxcd.io/name"] = "apps" },
            Annotations = new Dictionary<string, string> { ["argocd.argoproj.io/tracking-id"] = "shop:apps/Deployment:shop/cart" },
        };

        OtherWriters.Deployers(metadata, "Deployment/cart").Select(writer => writer.Who).ShouldBe(["Argo CD application shop", "Flux Kustomization apps"]);
    }

    private async Task<InjectionOrder> OrderAsync() =>
        await sandbox.OrderForAsync((await sandbox.TargetsAsync(new("shop", "") { Owner = $"Deployment/{Catalogue}" }, TargetKind.Workload))[0], TimeSpan.FromMinutes(1));

    private async Task<(InjectionOrder Order, UndoPlan Undo)> PreparedAsync()
    {
        var order = await OrderAsync();
        var undo = await Fault.PrepareAsync(order, default);
        return (order, undo);
    }

    private async Task<(InjectionOrder Order, UndoPlan Undo)> InjectedAsync()
    {
        var (order, undo) = await PreparedAsync();
        var effect = await Fault.InjectAsync(order, undo, default);
        effect.Holds.ShouldBeTrue(effect.Summary);
        return (order, undo);
    }

    private async Task<Evidence> ProvedAsync(InjectionOrder order, UndoPlan undo, string words)
    {
        var proof = await Fault.VerifyRevertedAsync(order, undo, default);
        proof.Holds.ShouldBeTrue(proof.Summary);
        proof.Summary.ShouldContain(words);
        return proof;
    }

    private async Task KubectlScaleAsync(int replicas)
    {
        var done = await Finished.RunAsync("kubectl", ["--kubeconfig", sandbox.Kubeconfig, "-n", "shop", "scale", "deployment", Catalogue, $"--replicas={replicas}"]);
        done.Code.ShouldBe(0, done.Error);
    }

    private async Task<string> PlantAsync(string name)
    {
        var labels = new Dictionary<string, string> { ["app"] = name };
        await sandbox.Client.CreateAsync(new V1Deployment
        {
            Metadata = new() { Name = name, Namespace = "shop", Labels = labels },
            Spec = new() { Replicas = 1, Selector = new() { MatchLabels = labels }, Template = new() { Metadata = new() { Labels = labels }, Spec = new() { Containers = [new() { Name = "x", Image = "ghost:1" }] } } },
        });
        await LiveSandbox.UntilAsync(async () => (await sandbox.PodsAsync($"app={name}")).Count == 1);
        return name;
    }

    private Task<V1Deployment> ReadAsync() => sandbox.Client.ReadAsync<V1Deployment>(Catalogue, "shop");
}
