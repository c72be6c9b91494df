using GameDay.Kubernetes;
using GameDay.KubernetesTests.Servers;
using Shouldly;

namespace GameDay.KubernetesTests.Contract;

public sealed class SubresourceTests(ServerUnderTest server) : ContractTests(server)
{
    [Fact]
    [Call("GET, PATCH deployments/NAME/scale")]
    public async Task A_deployment_is_scaled_only_from_the_version_that_was_read()
    {
        await Client.CreateAsync(Workloads.Deployment("web", Namespace, replicas: 0));
        await Eventually.Async(async () => (await Client.ReadAsync<V1Deployment>("web", Namespace)).Status?.ObservedGeneration == 1, "the controller's look");
        var scale = await Client.ReadScaleAsync<V1Deployment>("web", Namespace);
        (scale.Spec.Replicas ?? 0, scale.Status!.Selector).ShouldBe((0, "app=web"));

        (await Client.PatchScaleAsync<V1Deployment>("web", Namespace, 2, scale.Metadata.ResourceVersion, dryRun: true)).Spec.Replicas.ShouldBe(2);
        (await Client.PatchScaleAsync<V1Deployment>("web", Namespace, 1, scale.Metadata.ResourceVersion)).Spec.Replicas.ShouldBe(1);
        await RefusedAsync(Client.PatchScaleAsync<V1Deployment>("web", Namespace, 3, scale.Metadata.ResourceVersion), 409, "Conflict");
        (await Client.ReadAsync<V1Deployment>("web", Namespace)).Spec!.Replicas.ShouldBe(1);
    }

    [Fact]
    [Call("GET, PATCH statefulsets/NAME/scale")]
    public async Task A_stateful_set_is_scaled()
    {
        await Client.CreateAsync(Workloads.StatefulSet("store", Namespace, replicas: 0));

        (await Client.PatchScaleAsync<V1StatefulSet>("store", Namespace, 1)).Spec.Replicas.ShouldBe(1);
        await Client.PatchScaleAsync<V1StatefulSet>("store", Namespace, 0);
        (await Client.ReadScaleAsync<V1StatefulSet>("store", Namespace)).Spec.Replicas.GetValueOrDefault().ShouldBe(0);
    }

    [Fact]
    [Call("metadata.managedFields after PATCH deployments/NAME/scale", since: "1.22")]
    public async Task Who_scaled_is_remembered()
    {
        await Server.KubectlAsync($"create deployment web -n {Namespace} --image={TestServer.Image} --replicas=0");

        await Client.PatchScaleAsync<V1Deployment>("web", Namespace, 1);

        GameDay.Faults.FieldOwner.Of((await Client.ReadAsync<V1Deployment>("web", Namespace)).Metadata, "spec", "replicas").ShouldBe("gameday");
    }

    [Fact]
    [Call("POST pods/NAME/eviction, policy/v1 or v1beta1", since: "1.5")]
    public async Task An_eviction_deletes_this_very_pod_and_its_rehearsal_does_not()
    {
        var pod = await Client.CreateAsync(Waiting("one"));

        await Client.EvictAsync("one", Namespace, pod.Metadata.Uid!, dryRun: true);
        (await Client.ReadAsync<V1Pod>("one", Namespace)).IsAlive.ShouldBeTrue();
        await RefusedAsync(Client.EvictAsync("absent", Namespace, pod.Metadata.Uid!), 404, "NotFound");
        await Client.EvictAsync("one", Namespace, pod.Metadata.Uid!, gracePeriodSeconds: 0);

        (await Client.FindAsync<V1Pod>("one", Namespace)).ShouldBeNull();
    }

    // Of a pod that does not run yet a server tries it again and again, and answers 504 when the time is up.
    [Fact]
    [Call("POST pods/NAME/eviction with preconditions.uid", since: "1.5")]
    public async Task A_running_pod_is_evicted_by_uid_or_not_at_all()
    {
        var pod = await RunningAsync("one");

        await RefusedAsync(Client.EvictAsync("one", Namespace, Guid.NewGuid().ToString()), 409, "Conflict");
        (await Client.ReadAsync<V1Pod>("one", Namespace)).IsAlive.ShouldBeTrue();
        await Client.EvictAsync("one", Namespace, pod.Metadata.Uid!);

        (await Client.FindAsync<V1Pod>("one", Namespace))?.IsAlive.ShouldBeFalse();
    }

    [Fact]
    [Call("POST pods/NAME/eviction against a budget: 429", since: "1.5")]
    public async Task A_budget_refuses_the_eviction_and_says_why()
    {
        await Server.KubectlAsync($"apply -n {Namespace} -f -", Workloads.Budget(Server.Version, "strict"));
        var pod = await RunningAsync("one", ("app", "web"));
        await Eventually.Async(async () => (await Client.ReadAsync<V1PodDisruptionBudget>("strict", Namespace)).Status?.CurrentHealthy == 1, "the budget's count");

        var refusal = await RefusedAsync(Client.EvictAsync("one", Namespace, pod.Metadata.Uid!, dryRun: true), 429, "TooManyRequests");
        await RefusedAsync(Client.EvictAsync("one", Namespace, pod.Metadata.Uid!), 429, "TooManyRequests");

        refusal.Status.Details!.Causes!.ShouldContain(cause => cause.Reason == "DisruptionBudget" && cause.Message!.Contains("strict", StringComparison.Ordinal));
        (await Client.ReadAsync<V1Pod>("one", Namespace)).IsAlive.ShouldBeTrue();
    }

    [Fact]
    [Call("PATCH pods/NAME/ephemeralcontainers", since: "1.23", needs: Has.Kubelet)]
    public async Task An_ephemeral_container_runs_in_this_very_pod_and_cannot_be_had_twice()
    {
        var pod = await RunningAsync("one");
        await RefusedAsync(Add(Guid.NewGuid().ToString()), 422, "Invalid");
        await Add(pod.Metadata.Uid!, dryRun: true);
        (await Client.ReadAsync<V1Pod>("one", Namespace)).Spec!.EphemeralContainers.ShouldBeNull();

        await Add(pod.Metadata.Uid!);

        await RefusedAsync(Client.AddEphemeralContainerAsync("one", Namespace, pod.Metadata.Uid!, Container("other")), 422, "Invalid");
        await Eventually.Async(async () => (await Client.ReadAsync<V1Pod>("one", Namespace)).EphemeralContainer("gameday-1") is not null, "its status");

        Task<V1Pod> Add(string uid, bool dryRun = false) => Client.AddEphemeralContainerAsync("one", Namespace, uid, Container(TestServer.Image), dryRun);
        static V1EphemeralContainer Container(string image) => new() { Name = "gameday-1", Image = image, Command = ["true"] };
    }

    [Fact]
    [Call("GET pods/NAME/exec by WebSocket, v5 or v4 channels", since: "1.0", needs: Has.Kubelet)]
    public async Task A_command_is_run_and_its_exit_code_comes_back()
    {
        await RunningAsync("one");

        var said = await Client.ExecAsync("one", Namespace, "main", ["echo", "hello"], timeout: TimeSpan.FromSeconds(60));
        var failed = await Client.ExecAsync("one", Namespace, "main", ["false"], timeout: TimeSpan.FromSeconds(60));

        (said.ExitCode, said.Stdout).ShouldBe((0, "hello\n"));
        failed.ExitCode.ShouldBe(1);
        (await Should.ThrowAsync<KubernetesException>(() => Client.ExecAsync("absent", Namespace, "main", ["true"]))).Code.ShouldBe(404);
    }

    [Fact]
    [Call("GET pods/NAME/log", needs: Has.Kubelet)]
    public async Task A_log_is_read()
    {
        await RunningAsync("one");

        (await Client.ReadPodLogAsync("one", Namespace, "main", tailLines: 5)).ShouldNotBeNull();
        await RefusedAsync(Client.ReadPodLogAsync("absent", Namespace), 404, "NotFound");
    }

    [Fact]
    [Call("GET services/NAME:PORT/proxy")]
    public async Task A_service_without_a_pod_is_unavailable_and_one_that_is_absent_is_not_found()
    {
        await Server.KubectlAsync($"create service clusterip web -n {Namespace} --tcp=80:80");

        (await Client.ProxyGetAsync(Namespace, "web", "80")).Status.ShouldBe(503);
        (await Client.ProxyGetAsync(Namespace, "absent", "80")).Status.ShouldBe(404);
    }
}
