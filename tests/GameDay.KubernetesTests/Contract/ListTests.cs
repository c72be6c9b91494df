using GameDay.Kubernetes;
using GameDay.KubernetesTests.Servers;
using Shouldly;

namespace GameDay.KubernetesTests.Contract;

public sealed class ListTests(ServerUnderTest server) : ContractTests(server)
{
    [Theory]
    [Call("LIST configmaps?labelSelector=")]
    [InlineData("app=a", "one")]
    [InlineData("app==a", "one")]
    [InlineData("app", "one two")]
    [InlineData("!app,plain", "three")]
    [InlineData("app!=a,plain!=yes", "two")]
    [InlineData("app in (a,b)", "one two")]
    [InlineData("app in (a,b),tier notin (back)", "one")]
    public async Task Labels_select(string selector, string names)
    {
        await Client.CreateAsync(Map("one", labels: ("app", "a")));
        await Client.CreateAsync(Map("two", "1", ("app", "b"), ("tier", "back")));
        await Client.CreateAsync(Map("three", labels: ("plain", "yes")));

        var found = await Client.ListAsync<V1ConfigMap>(Namespace, selector);

        // Newer servers put kube-root-ca.crt into every namespace.
        found.Items.Select(map => map.Metadata.Name).Where(name => name != "kube-root-ca.crt").Order().ShouldBe(names.Split(' ').Order());
    }

    [Fact]
    [Call("LIST pods?fieldSelector=")]
    public async Task Fields_select_by_name_node_and_phase()
    {
        await Client.CreateAsync(Waiting("one"));
        await Client.CreateAsync(Waiting("two"));

        (await Names("metadata.name=two")).ShouldBe(["two"]);
        (await Names("spec.nodeName=nowhere")).ShouldBeEmpty();
        (await Names("spec.nodeName=")).ShouldBe(["one", "two"]);
        (await Names("status.phase!=Running")).ShouldBe(["one", "two"]);
        await RefusedAsync(Client.ListAsync<V1Pod>(Namespace, fieldSelector: "spec.colour=red"), 400, "BadRequest");

        async Task<IEnumerable<string?>> Names(string selector) => (await Client.ListAsync<V1Pod>(Namespace, fieldSelector: selector)).Items.Select(pod => pod.Metadata.Name).Order();
    }

    [Fact]
    [Call("LIST configmaps?limit=&continue=", since: "1.9")]
    public async Task A_list_comes_in_pages_of_one_version()
    {
        foreach (var number in Enumerable.Range(0, 7))
            await Client.CreateAsync(Map($"map-{number}", labels: ("page", "yes")));
        using var small = new KubernetesClient(Server.Configuration) { PageSize = 3 };

        var all = await small.ListAsync<V1ConfigMap>(Namespace, "page=yes");

        all.Items.Select(map => map.Metadata.Name).Order().ShouldBe(Enumerable.Range(0, 7).Select(number => $"map-{number}"));
        all.Metadata.ResourceVersion.ShouldNotBeNullOrEmpty();
        all.Metadata.Continue.ShouldBeNullOrEmpty();
    }

    [Fact]
    [Call("LIST pods of all namespaces")]
    public async Task All_namespaces_are_listed_at_once()
    {
        await Client.CreateAsync(Waiting("one", ("everywhere", Namespace)));
        var other = await Namespaces.MakeAsync(Server);
        await Client.CreateAsync(Waiting("two", ("everywhere", Namespace)) with { Metadata = new() { Name = "two", Namespace = other, Labels = Labels(("everywhere", Namespace)) } });

        (await Client.ListAsync<V1Pod>(labelSelector: $"everywhere={Namespace}")).Items.Select(pod => pod.Metadata.Namespace).Order().ShouldBe(new[] { Namespace, other }.Order());
    }

    [Fact]
    [Call("LIST of every kind that GameDay reads")]
    public async Task Every_kind_is_there_and_may_be_empty()
    {
        (await Client.ListAsync<V1Deployment>(Namespace)).Items.ShouldBeEmpty();
        (await Client.ListAsync<V1StatefulSet>(Namespace)).Items.ShouldBeEmpty();
        (await Client.ListAsync<V1ReplicaSet>(Namespace)).Items.ShouldBeEmpty();
        (await Client.ListAsync<V1DaemonSet>(Namespace)).Items.ShouldBeEmpty();
        (await Client.ListAsync<V1NetworkPolicy>(Namespace)).Items.ShouldBeEmpty();
        (await Client.ListAsync<V1Service>(Namespace)).Items.ShouldBeEmpty();
        (await Client.ListAsync<V1Endpoints>(Namespace)).Items.ShouldBeEmpty();
        (await Client.ListAsync<V1Lease>(Namespace)).Items.ShouldBeEmpty();
        await Client.ListAsync<V1Node>();
    }

    [Fact]
    [Call("LIST autoscaling/v2 or v2beta2 horizontalpodautoscalers", since: "1.12")]
    public async Task Autoscalers_are_read_in_the_version_the_server_has()
    {
        var version = Server.Version >= new Version(1, 23) ? "autoscaling/v2" : "autoscaling/v2beta2";
        await Server.KubectlAsync($"apply -n {Namespace} -f -", $$"""
            apiVersion: {{version}}
            kind: HorizontalPodAutoscaler
            metadata: {name: web}
            spec: {minReplicas: 2, maxReplicas: 5, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web} }
            """);

        var scaler = (await Client.ListAsync<V2HorizontalPodAutoscaler>(Namespace)).Items.ShouldHaveSingleItem();

        (scaler.Spec!.MinReplicas, scaler.Spec.MaxReplicas, scaler.Spec.ScaleTargetRef!.Name).ShouldBe((2, 5, "web"));
    }

    [Fact]
    [Call("LIST policy/v1 or v1beta1 poddisruptionbudgets", since: "1.5")]
    public async Task Budgets_are_read_in_the_version_the_server_has()
    {
        await Server.KubectlAsync($"apply -n {Namespace} -f -", Workloads.Budget(Server.Version, "one"));

        (await Client.ListAsync<V1PodDisruptionBudget>(Namespace)).Items.ShouldHaveSingleItem().Spec!.Selector!.MatchLabels!["app"].ShouldBe("web");
        (await Client.ReadAsync<V1PodDisruptionBudget>("one", Namespace)).Metadata.Name.ShouldBe("one");
    }
}
