using GameDay.Kubernetes;
using GameDay.KubernetesTests.Servers;
using Shouldly;

namespace GameDay.KubernetesTests.Contract;

public sealed class WriteTests(ServerUnderTest server) : ContractTests(server)
{
    [Fact]
    [Call("POST configmaps")]
    public async Task The_second_to_create_a_name_is_refused()
    {
        var created = await Client.CreateAsync(Map("one"));

        created.Metadata.Uid.ShouldNotBeNullOrEmpty();
        created.Metadata.ResourceVersion.ShouldNotBeNullOrEmpty();
        created.Metadata.CreationTimestamp!.Value.ShouldBe(Client.ServerClock.Now!.Value, TimeSpan.FromSeconds(5));
        (await RefusedAsync(Client.CreateAsync(Map("one")), 409, "AlreadyExists")).Status.Details!.Name.ShouldBe("one");
    }

    [Fact]
    [Call("POST configmaps: what is refused")]
    public async Task A_bad_name_and_a_missing_namespace_are_refused()
    {
        await RefusedAsync(Client.CreateAsync(Map("Not_A_Name")), 422, "Invalid");
        await RefusedAsync(Client.CreateAsync(Map("one") with { Metadata = new() { Name = "one", Namespace = Namespace + "-absent" } }), 404, "NotFound");
        (await Client.FindAsync<V1ConfigMap>("absent", Namespace)).ShouldBeNull();
        await RefusedAsync(Client.ReadAsync<V1ConfigMap>("absent", Namespace), 404, "NotFound");
    }

    [Fact]
    [Call("PUT configmaps/NAME")]
    public async Task Only_the_latest_version_is_replaced()
    {
        var first = await Client.CreateAsync(Map("one"));
        var second = await Client.ReplaceAsync(first with { Data = Labels(("b", "2")) });

        second.Data!.Keys.ShouldBe(["b"]);
        second.Metadata.ResourceVersion.ShouldNotBe(first.Metadata.ResourceVersion);
        await RefusedAsync(Client.ReplaceAsync(first), 409, "Conflict");
        await RefusedAsync(Client.ReplaceAsync(second with { Metadata = second.Metadata with { Uid = Guid.NewGuid().ToString() } }), 409, "Conflict");
        await RefusedAsync(Client.ReplaceAsync(Map("absent") with { Metadata = new() { Name = "absent", Namespace = Namespace, ResourceVersion = second.Metadata.ResourceVersion } }), 404, "NotFound");
    }

    [Fact]
    [Call("DELETE configmaps/NAME with preconditions", since: "1.14")]
    public async Task Only_what_was_read_is_deleted()
    {
        var first = await Client.CreateAsync(Map("one"));
        var second = await Client.ReplaceAsync(first with { Data = Labels(("b", "2")) });

        await RefusedAsync(Delete(V1DeleteOptions.Exactly(Guid.NewGuid().ToString())), 409, "Conflict");
        await RefusedAsync(Delete(V1DeleteOptions.Exactly(first.Metadata.Uid!, first.Metadata.ResourceVersion)), 409, "Conflict");
        (await Delete(V1DeleteOptions.Exactly(first.Metadata.Uid!, second.Metadata.ResourceVersion))).ShouldBeTrue();
        (await Delete(V1DeleteOptions.Exactly(first.Metadata.Uid!))).ShouldBeFalse();

        Task<bool> Delete(V1DeleteOptions options) => Client.DeleteAsync<V1ConfigMap>("one", Namespace, options);
    }

    [Fact]
    [Call("every write with dryRun=All", since: "1.18")]
    public async Task A_dry_run_is_answered_as_the_real_one_and_leaves_nothing()
    {
        await Client.CreateAsync(Map("made"), dryRun: true);
        (await Client.FindAsync<V1ConfigMap>("made", Namespace)).ShouldBeNull();

        var there = await Client.CreateAsync(Map("there"));
        (await Client.ReplaceAsync(there with { Data = Labels(("a", "2")) }, dryRun: true)).Data!["a"].ShouldBe("2");
        (await Client.PatchAsync<V1ConfigMap>(V1Patch.Merge(new { data = Labels(("a", "3")) }), "there", Namespace, dryRun: true)).Data!["a"].ShouldBe("3");
        (await Client.DeleteAsync<V1ConfigMap>("there", Namespace, V1DeleteOptions.Exactly(there.Metadata.Uid!), dryRun: true)).ShouldBeTrue();
        await RefusedAsync(Client.DeleteAsync<V1ConfigMap>("there", Namespace, V1DeleteOptions.Exactly(Guid.NewGuid().ToString()), dryRun: true), 409, "Conflict");
        await RefusedAsync(Client.CreateAsync(Map("there"), dryRun: true), 409, "AlreadyExists");

        (await ReadMapAsync("there")).Metadata.ResourceVersion.ShouldBe(there.Metadata.ResourceVersion);
    }

    [Fact]
    [Call("DELETE pods/NAME with grace and uid")]
    public async Task A_pod_is_killed_by_uid_or_not_at_all()
    {
        var pod = await Client.CreateAsync(Waiting("one"));

        await RefusedAsync(Client.DeleteAsync<V1Pod>("one", Namespace, V1DeleteOptions.Exactly(Guid.NewGuid().ToString()) with { GracePeriodSeconds = 0 }), 409, "Conflict");
        (await Client.ReadAsync<V1Pod>("one", Namespace)).IsAlive.ShouldBeTrue();
        (await Client.DeleteAsync<V1Pod>("one", Namespace, V1DeleteOptions.Exactly(pod.Metadata.Uid!) with { GracePeriodSeconds = 0 })).ShouldBeTrue();
        (await Client.FindAsync<V1Pod>("one", Namespace)).ShouldBeNull();
    }

    [Fact]
    [Call("leases: create, get, PUT, PATCH with MicroTime", since: "1.14")]
    public async Task A_lease_is_renewed_to_the_microsecond()
    {
        var at = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero).AddMicroseconds(123456);
        var lease = await Client.CreateAsync(new V1Lease { Metadata = new() { Name = "run", Namespace = Namespace }, Spec = new() { HolderIdentity = "me", LeaseDurationSeconds = 20, RenewTime = at } });
        lease.Spec!.RenewTime.ShouldBe(at);

        var replaced = await Client.ReplaceAsync(lease with { Spec = lease.Spec with { RenewTime = at.AddSeconds(2) } });
        var patched = await Client.PatchAsync<V1Lease>(V1Patch.Merge(new { spec = new { renewTime = "2026-11-20T12:00:04.000000Z" } }), "run", Namespace);

        replaced.Spec!.RenewTime.ShouldBe(at.AddSeconds(2));
        patched.Spec!.RenewTime.ShouldBe(new DateTimeOffset(2026, 11, 20, 12, 0, 4, TimeSpan.Zero));
        await RefusedAsync(Client.ReplaceAsync(replaced), 409, "Conflict");
    }

    [Fact]
    [Call("networkpolicies: create, get, list, delete", since: "1.7")]
    public async Task A_policy_is_stored_as_it_was_written()
    {
        var policy = new V1NetworkPolicy
        {
            Metadata = new() { Name = "part", Namespace = Namespace, Labels = Labels(("app.kubernetes.io/managed-by", "gameday")) },
            Spec = new()
            {
                PodSelector = new() { MatchLabels = Labels(("gameday.dev/partition", "1")) },
                PolicyTypes = ["Ingress"],
                Ingress =
                [
                    new() { From = [new() { PodSelector = new() { MatchExpressions = [new("app", "NotIn", ["cart"])] } }, new() { NamespaceSelector = new() { MatchExpressions = [new("kubernetes.io/metadata.name", "NotIn", ["shop"])] } }] },
                    new() { From = [new() { IpBlock = new("0.0.0.0/0", ["10.0.0.1/32"]) }], Ports = [new(8080, "TCP"), new("http", "TCP")] },
                ],
            },
        };

        var created = await Client.CreateAsync(policy);
        var read = (await Client.ListAsync<V1NetworkPolicy>(Namespace, "app.kubernetes.io/managed-by=gameday")).Items.ShouldHaveSingleItem();

        System.Text.Json.JsonSerializer.Serialize(read.Spec, KubernetesJson.Options).ShouldBe(System.Text.Json.JsonSerializer.Serialize(policy.Spec, KubernetesJson.Options));
        (await Client.DeleteAsync<V1NetworkPolicy>("part", Namespace, V1DeleteOptions.Exactly(created.Metadata.Uid!))).ShouldBeTrue();
    }
}
