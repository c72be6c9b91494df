using GameDay.Kubernetes;
using GameDay.KubernetesTests.Servers;
using Shouldly;

namespace GameDay.KubernetesTests.Contract;

public sealed class PatchTests(ServerUnderTest server) : ContractTests(server)
{
    [Fact]
    [Call("PATCH application/merge-patch+json")]
    public async Task A_merge_changes_adds_and_with_null_removes()
    {
        await Client.CreateAsync(Map("one", "1", ("keep", "yes"), ("drop", "yes")));

        var patched = await Merge("one", new { metadata = new { labels = new Dictionary<string, string?> { ["drop"] = null, ["new"] = "yes" } }, data = Labels(("b", "2")) });

        patched.Metadata.Labels.ShouldBe(Labels(("keep", "yes"), ("new", "yes")), ignoreOrder: true);
        patched.Data.ShouldBe(Labels(("a", "1"), ("b", "2")), ignoreOrder: true);
    }

    [Fact]
    [Call("PATCH with metadata.uid or metadata.resourceVersion")]
    public async Task A_patch_that_names_another_uid_or_version_changes_nothing()
    {
        var first = await Client.CreateAsync(Map("one"));
        var second = await Merge("one", new { metadata = new { uid = first.Metadata.Uid, resourceVersion = first.Metadata.ResourceVersion }, data = Labels(("a", "2")) });

        await RefusedAsync(Merge("one", new { metadata = new { uid = Guid.NewGuid() }, data = Labels(("a", "3")) }), 422, "Invalid");
        await RefusedAsync(Merge("one", new { metadata = new { resourceVersion = first.Metadata.ResourceVersion }, data = Labels(("a", "3")) }), 409, "Conflict");
        await RefusedAsync(Client.PatchAsync<V1ConfigMap>(V1Patch.StrategicMerge(new { metadata = new { uid = Guid.NewGuid() } }), "one", Namespace), 422, "Invalid");
        await RefusedAsync(Merge("absent", new { data = Labels(("a", "3")) }), 404, "NotFound");
        (await ReadMapAsync("one")).Metadata.ResourceVersion.ShouldBe(second.Metadata.ResourceVersion);
    }

    [Fact]
    [Call("PATCH application/strategic-merge-patch+json")]
    public async Task A_strategic_merge_finds_list_items_by_their_key()
    {
        await Client.CreateAsync(Workloads.Deployment("web", Namespace, replicas: 0));

        var patched = await Client.PatchAsync<V1Deployment>(
            V1Patch.StrategicMerge(new { spec = new { template = new { spec = new { containers = new[] { new { name = "second", image = "b:1" } } } } } }), "web", Namespace);

        patched.Spec!.Template!.Spec!.Containers!.Select(container => container.Name).Order().ShouldBe(["main", "second"]);
    }

    [Fact]
    [Call("PATCH application/json-patch+json")]
    public async Task A_json_patch_tests_before_it_changes()
    {
        var map = await Client.CreateAsync(Map("one", "1", ("gameday.dev/partition", "7")));
        var label = "/metadata/labels/gameday.dev~1partition";

        await RefusedAsync(Json(new("test", label, "8"), new("remove", label)), 422, "Invalid");
        await RefusedAsync(Json(new JsonPatchOperation("remove", "/metadata/labels/absent")), 422, "Invalid");
        var patched = await Json(new("test", "/metadata/uid", map.Metadata.Uid), new("test", label, "7"), new("remove", label), new("add", "/data/b", "2"));

        (patched.Metadata.Labels?.ContainsKey("gameday.dev/partition") ?? false).ShouldBeFalse();
        patched.Data!["b"].ShouldBe("2");

        Task<V1ConfigMap> Json(params JsonPatchOperation[] steps) => Client.PatchAsync<V1ConfigMap>(V1Patch.Json(steps), "one", Namespace);
    }

    [Fact]
    [Call("PATCH application/apply-patch+yaml", since: "1.16")]
    public async Task An_apply_makes_the_object_and_takes_back_only_its_own_fields()
    {
        var made = await Apply(Map("one"));
        await Merge("one", new { data = Labels(("theirs", "1")) });
        var again = await Apply(Map("one") with { Data = Labels(("b", "2")) });

        made.Metadata.ManagedFields!.ShouldContain(entry => entry.Manager == "gameday" && entry.Operation == "Apply");
        again.Data.ShouldBe(Labels(("b", "2"), ("theirs", "1")), ignoreOrder: true);

        Task<V1ConfigMap> Apply(V1ConfigMap map) => Client.PatchAsync<V1ConfigMap>(V1Patch.Apply(map), "one", Namespace, force: true);
    }

    [Fact]
    [Call("PATCH application/apply-patch+yaml without force", since: "1.16")]
    public async Task An_apply_over_anothers_field_is_refused_by_name_unless_forced()
    {
        await Server.KubectlAsync($"create configmap one -n {Namespace} --from-literal=a=theirs");

        var refusal = await RefusedAsync(Client.PatchAsync<V1ConfigMap>(V1Patch.Apply(Map("one", "ours")), "one", Namespace), 409, "Conflict");
        refusal.Message.ShouldContain("kubectl");
        (await Client.PatchAsync<V1ConfigMap>(V1Patch.Apply(Map("one", "ours")), "one", Namespace, force: true)).Data!["a"].ShouldBe("ours");
    }

    [Fact]
    [Call("metadata.managedFields after each kind of write", since: "1.18")]
    public async Task The_server_remembers_who_wrote_which_field()
    {
        await Server.KubectlAsync($"create deployment web -n {Namespace} --image={TestServer.Image} --replicas=0");

        var patched = await Client.PatchAsync<V1Deployment>(V1Patch.Merge(new { spec = new { replicas = 1 } }), "web", Namespace);

        GameDay.Faults.FieldOwner.Of(patched.Metadata, "spec", "replicas").ShouldBe("gameday");
        GameDay.Faults.FieldOwner.Of(patched.Metadata, "spec", "template").ShouldBe("kubectl-create");
    }

    private Task<V1ConfigMap> Merge(string name, object content) => Client.PatchAsync<V1ConfigMap>(V1Patch.Merge(content), name, Namespace);
}
