using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox;

public sealed class ControllersTests(SandboxUnderTest sandbox) : IClassFixture<SandboxUnderTest>
{
    [Fact]
    public async Task A_deployment_becomes_running_pods_spread_over_zones()
    {
        var ns = await sandbox.NewNamespaceAsync();

        await sandbox.DeployAsync(ns, "web", 3);

        var pods = sandbox.Store.List(ResourceTypes.Pods, ns);
        pods.Select(pod => pod.Text("spec", "nodeName")![5]).Distinct().Count().ShouldBe(3);
        pods.ShouldAllBe(pod => pod.Name().StartsWith("web-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_deleted_pod_is_replaced()
    {
        var ns = await sandbox.NewNamespaceAsync();
        await sandbox.DeployAsync(ns, "web");
        var victim = sandbox.Store.List(ResourceTypes.Pods, ns)[0];

        await sandbox.DeleteAsync($"/api/v1/namespaces/{ns}/pods/{victim.Name()}");

        await SandboxUnderTest.UntilAsync(
            () => sandbox.Store.List(ResourceTypes.Pods, ns) is { Count: 2 } pods && pods.All(pod => pod.Uid() != victim.Uid() && Conditions.IsTrue(pod, "Ready")),
            "a replacement");
    }

    [Fact]
    public async Task A_new_image_rolls_out_and_the_old_set_is_emptied()
    {
        var ns = await sandbox.NewNamespaceAsync();
        await sandbox.DeployAsync(ns, "web", 3);

        await sandbox.PatchAsync(
            $"/apis/apps/v1/namespaces/{ns}/deployments/web",
            """{"spec":{"template":{"spec":{"containers":[{"name":"main","image":"shop/web:2"}]}}}}""");

        await SandboxUnderTest.UntilAsync(
            () => sandbox.Store.Get(ResourceTypes.Deployments, ns, "web") is var web
                && web.Number("status", "observedGeneration") == 2 && web.Number("status", "updatedReplicas") == 3 && web.Number("status", "replicas") == 3
                && web.Number("status", "availableReplicas") == 3,
            "the rollout");
        var sets = sandbox.Store.List(ResourceTypes.ReplicaSets, ns);
        sets.Select(set => set.Number("spec", "replicas")).Order().ShouldBe([0, 3]);
        await SandboxUnderTest.UntilAsync(
            () => sandbox.Store.List(ResourceTypes.Pods, ns).SelectMany(pod => pod.Items("spec", "containers")).All(c => c.Text("image") == "shop/web:2"),
            "the old pods gone");
        sandbox.Store.Get(ResourceTypes.Deployments, ns, "web").Annotations()["deployment.kubernetes.io/revision"].ShouldBe("2");
    }

    [Fact]
    public async Task A_service_knows_its_ready_pods()
    {
        var ns = await sandbox.NewNamespaceAsync();
        await sandbox.DeployAsync(ns, "web");

        var (_, service) = await sandbox.PostAsync(
            $"/api/v1/namespaces/{ns}/services", """{"metadata":{"name":"web"},"spec":{"selector":{"app":"web"},"ports":[{"port":80,"targetPort":"http"}]}}""");

        service.Text("spec", "clusterIP")!.ShouldStartWith("127.99.200.");
        await SandboxUnderTest.UntilAsync(
            () => sandbox.Store.Find(ResourceTypes.Endpoints, ns, "web").Items("subsets").SelectMany(subset => subset.Items("addresses")).Count() == 2, "endpoints");
        await SandboxUnderTest.UntilAsync(
            () => sandbox.Store.List(ResourceTypes.EndpointSlices, ns) is [var only] && only.Items("endpoints").Count() == 2, "the slice");
        var slice = sandbox.Store.List(ResourceTypes.EndpointSlices, ns).ShouldHaveSingleItem();
        slice.Items("ports").Single().Number("port").ShouldBe(8080);
        var answer = await sandbox.Client.GetStringAsync($"/api/v1/namespaces/{ns}/services/web:80/proxy/a/b?c=d");
        answer.ShouldEndWith(":8080/a/b?c=d");
    }

    [Fact]
    public async Task Deleting_a_deployment_deletes_what_it_owns()
    {
        var ns = await sandbox.NewNamespaceAsync();
        await sandbox.DeployAsync(ns, "web");

        await sandbox.DeleteAsync($"/apis/apps/v1/namespaces/{ns}/deployments/web");

        await SandboxUnderTest.UntilAsync(
            () => sandbox.Store.List(ResourceTypes.Pods, ns).Count + sandbox.Store.List(ResourceTypes.ReplicaSets, ns).Count == 0, "nothing left");
    }

    [Fact]
    public async Task An_orphaning_delete_leaves_the_pods()
    {
        var ns = await sandbox.NewNamespaceAsync();
        await sandbox.DeployAsync(ns, "web");

        await sandbox.DeleteAsync($"/apis/apps/v1/namespaces/{ns}/deployments/web", """{"propagationPolicy":"Orphan"}""");

        sandbox.Store.List(ResourceTypes.ReplicaSets, ns).ShouldHaveSingleItem().Items("metadata", "ownerReferences").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deleted_namespace_takes_everything_along()
    {
        var ns = await sandbox.NewNamespaceAsync();
        await sandbox.DeployAsync(ns, "web");

        await sandbox.DeleteAsync($"/api/v1/namespaces/{ns}");

        await SandboxUnderTest.UntilAsync(() => sandbox.Store.Find(ResourceTypes.Namespaces, null, ns) is null, "namespace gone");
        sandbox.Store.List(ResourceTypes.Pods, ns).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pod_that_loses_its_label_is_let_go_and_replaced()
    {
        var ns = await sandbox.NewNamespaceAsync();
        await sandbox.DeployAsync(ns, "web", 1);
        var pod = sandbox.Store.List(ResourceTypes.Pods, ns)[0];

        await sandbox.PatchAsync($"/api/v1/namespaces/{ns}/pods/{pod.Name()}", """{"metadata":{"labels":{"app":null}}}""");

        await SandboxUnderTest.UntilAsync(() => sandbox.Store.List(ResourceTypes.Pods, ns).Count == 2, "a second pod");
        sandbox.Store.Get(ResourceTypes.Pods, ns, pod.Name()).Items("metadata", "ownerReferences").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stateful_set_numbers_its_pods()
    {
        var ns = await sandbox.NewNamespaceAsync();
        var set = JsonNode.Parse(SandboxUnderTest.Deployment("db", 2))!.AsObject();
        set["kind"] = "StatefulSet";

        (await sandbox.PostAsync($"/apis/apps/v1/namespaces/{ns}/statefulsets", set.ToJsonString())).Code.ShouldBe(201);

        await SandboxUnderTest.UntilAsync(
            () => sandbox.Store.Get(ResourceTypes.StatefulSets, ns, "db").Number("status", "readyReplicas") == 2, "both pods");
        sandbox.Store.List(ResourceTypes.Pods, ns).Select(pod => pod.Name()).ShouldBe(["db-0", "db-1"]);
    }
}
