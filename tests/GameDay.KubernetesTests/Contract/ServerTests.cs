using GameDay.Kubernetes;
using GameDay.KubernetesTests.Servers;
using Shouldly;

namespace GameDay.KubernetesTests.Contract;

public sealed class ServerTests(ServerUnderTest server) : ContractTests(server)
{
    [Fact]
    [Call("GET /version, header Date")]
    public async Task The_servers_version_and_clock_are_known()
    {
        (await Client.VersionAsync()).GitVersion.ShouldNotBeNull().ShouldStartWith($"v{Server.Version}");
        var time = await Client.ReadServerTimeAsync();
        time.ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(5));
        Client.ServerClock.Age!.Value.ShouldBeLessThan(TimeSpan.FromSeconds(60));
    }

    [Fact]
    [Call("POST selfsubjectaccessreviews", since: "1.6")]
    public async Task The_server_is_asked_what_we_may_do()
    {
        (await Client.MayAsync(new("create", "configmaps") { Namespace = Namespace })).Allowed.ShouldBeTrue();
        (await Client.MayAsync(new("create", "pods") { Namespace = Namespace, Subresource = "eviction" })).Allowed.ShouldBeTrue();
        (await Client.MayAsync(new("patch", "deployments") { Group = "apps", Namespace = Namespace, Subresource = "scale" })).Allowed.ShouldBeTrue();
    }

    [Fact]
    [Call("a token that the server does not know: 401")]
    public async Task A_wrong_token_is_unauthorised()
    {
        using var stranger = new KubernetesClient(Server.Configuration with { Credentials = new StaticCredentials("wrong") });

        await RefusedAsync(stranger.ListAsync<V1Pod>(Namespace), 401, "Unauthorized");
    }

    [Fact]
    [Call("GET, PATCH nodes/NAME spec.unschedulable", needs: Has.Ownership)]
    public async Task A_node_is_cordoned_by_its_uid_and_version_and_uncordoned()
    {
        var node = (await Client.ListAsync<V1Node>()).Items.Last(one => one.IsReady);
        var name = node.Metadata.Name!;
        var cordoned = await Cordon(true);
        cordoned.Spec!.Unschedulable.ShouldBe(true);
        if (Server.Server.HasNodeController)
            await Eventually.Async(async () => (await Client.ReadAsync<V1Node>(name)).Spec!.Taints?.Any(taint => taint.Key == "node.kubernetes.io/unschedulable") == true, "the taint of a cordon");

        await RefusedAsync(Client.PatchAsync<V1Node>(V1Patch.Merge(new { metadata = new { uid = Guid.NewGuid() }, spec = new { unschedulable = true } }), name), 422, "Invalid");
        GameDay.Faults.FieldOwner.Of(cordoned.Metadata, "spec", "unschedulable").ShouldBe("gameday");
        (await Cordon(null)).Spec?.Unschedulable.GetValueOrDefault().ShouldBeFalse();

        Task<V1Node> Cordon(bool? value) => Client.PatchAsync<V1Node>(V1Patch.Merge(new { spec = new Dictionary<string, bool?> { ["unschedulable"] = value } }), name);
    }

    [Fact]
    [Call("GET namespaces/NAME")]
    public async Task A_namespace_carries_its_labels()
    {
        var read = await Client.ReadAsync<V1Namespace>(Namespace);

        read.Status!.Phase.ShouldBe("Active");
        if (Server.Version >= new Version(1, 21))
            read.Metadata.Label("kubernetes.io/metadata.name").ShouldBe(Namespace);
    }
}
