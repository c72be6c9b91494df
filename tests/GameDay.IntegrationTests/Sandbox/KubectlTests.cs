using Shouldly;
using Xunit;

namespace GameDay.IntegrationTests.Sandbox;

/// <summary>Unmodified kubectl against the sandbox, as a user would type it.</summary>
public sealed partial class KubectlTests(SandboxProcessFixture sandbox) : IClassFixture<SandboxProcessFixture>
{
    [Fact]
    public async Task It_says_where_it_is_once_the_shop_is_ready()
    {
        sandbox.Ready.ShouldMatch("^sandbox ready https://127.0.0.1:[0-9]+$");
        File.GetUnixFileMode(sandbox.Kubeconfig).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var pods = await sandbox.KubectlAsync("get pods -n shop -o wide");

        pods.ShouldContain("storefront-");
        pods.ShouldContain("1/1     Running");
        (await sandbox.KubectlAsync("get nodes -L topology.kubernetes.io/zone")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(7);
    }

    [Fact]
    public async Task It_describes_what_runs()
    {
        var pod = (await sandbox.KubectlAsync("get pods -n shop -l app=cart -o jsonpath={.items[0].metadata.name}")).Trim();

        (await sandbox.KubectlAsync($"describe pod -n shop {pod}")).ShouldContain("Successfully assigned shop/" + pod);
        (await sandbox.KubectlAsync("describe deployment -n shop cart")).ShouldContain("MinimumReplicasAvailable");
        (await sandbox.KubectlAsync("describe node node-b1")).ShouldContain("topology.kubernetes.io/zone=b");
        (await sandbox.KubectlAsync("describe service -n shop cart")).ShouldContain("Endpoints:");
        (await sandbox.KubectlAsync("api-resources")).ShouldContain("poddisruptionbudgets");
        (await sandbox.KubectlAsync("auth can-i delete pods -n shop")).Trim().ShouldBe("yes");
    }

    [Fact]
    public async Task It_runs_commands_and_shows_logs()
    {
        var pod = (await sandbox.KubectlAsync("get pods -n shop -l app=storefront -o jsonpath={.items[0].metadata.name}")).Trim();

        (await sandbox.KubectlAsync($"exec -n shop {pod} -- echo hello")).ShouldBe("hello\n");
        (await sandbox.TryKubectlAsync($"exec -n shop {pod} -- false")).Code.ShouldBe(1);
        await sandbox.KubectlAsync($"logs -n shop {pod} --tail=2");
    }

    [Fact]
    public async Task It_creates_scales_rolls_and_waits()
    {
        var ns = await NamespaceAsync();

        await sandbox.KubectlAsync($"create deployment ghost -n {ns} --image=ghost:1 --replicas=2");
        await sandbox.KubectlAsync($"rollout status deployment/ghost -n {ns} --timeout=60s");
        await sandbox.KubectlAsync($"scale deployment/ghost -n {ns} --replicas=3");
        await sandbox.KubectlAsync($"wait deployment/ghost -n {ns} --for=jsonpath={{.status.readyReplicas}}=3 --timeout=60s");
        await sandbox.KubectlAsync($"rollout restart deployment/ghost -n {ns}");
        await sandbox.KubectlAsync($"rollout status deployment/ghost -n {ns} --timeout=60s");
        await sandbox.KubectlAsync($"rollout undo deployment/ghost -n {ns}");
        await sandbox.KubectlAsync($"rollout status deployment/ghost -n {ns} --timeout=60s");
        await sandbox.KubectlAsync($"delete pod -n {ns} -l app=ghost --timeout=60s");
        await sandbox.KubectlAsync($"delete namespace {ns} --timeout=60s");
    }

    [Fact]
    public async Task It_applies_and_shows_differences()
    {
        var ns = await NamespaceAsync();

        (await sandbox.KubectlAsync($"apply -n {ns} -f -", BudgetAndSettings)).ShouldContain("configmap/settings created");
        var changed = BudgetAndSettings.Replace("a: \"1\"", "b: \"2\"", StringComparison.Ordinal);
        (await sandbox.TryKubectlAsync($"diff -n {ns} -f -", changed)).Code.ShouldBe(1);
        (await sandbox.KubectlAsync($"apply -n {ns} -f -", changed)).ShouldContain("configmap/settings configured");
        (await sandbox.KubectlAsync($"get configmap settings -n {ns} -o jsonpath={{.data}}")).ShouldBe("""{"b":"2"}""");
        await sandbox.KubectlAsync($"apply -n {ns} --server-side --force-conflicts -f -", changed);
    }

    [Fact]
    public async Task It_applies_what_an_installation_needs()
    {
        var ns = await NamespaceAsync();

        await sandbox.KubectlAsync($"apply -n {ns} --dry-run=server -f -", Permissions);
        (await sandbox.KubectlAsync($"apply -n {ns} -f -", Permissions)).ShouldContain("clusterrole.rbac.authorization.k8s.io/gameday:nodes created");
        await sandbox.KubectlAsync($"apply -n {ns} --server-side --force-conflicts -f -", Permissions);

        (await sandbox.KubectlAsync($"get roles,rolebindings,serviceaccounts -n {ns} -o name")).ShouldContain("role.rbac.authorization.k8s.io/reaper");
        await sandbox.KubectlAsync($"delete -n {ns} -f -", Permissions);
    }

    [Fact]
    public async Task It_drains_a_node_within_the_budget()
    {
        var ns = await NamespaceAsync();
        await sandbox.KubectlAsync($"apply -n {ns} -f -", BudgetAndSettings);
        await sandbox.KubectlAsync($"create deployment ghost -n {ns} --image=ghost:1 --replicas=3");
        await sandbox.KubectlAsync($"rollout status deployment/ghost -n {ns} --timeout=60s");
        var node = (await sandbox.KubectlAsync($"get pods -n {ns} -o jsonpath={{.items[0].spec.nodeName}}")).Trim();

        await sandbox.KubectlAsync($"drain {node} --pod-selector=app=ghost --timeout=90s");

        (await sandbox.KubectlAsync($"get pods -n {ns} -o wide")).ShouldNotContain(node);
        (await sandbox.KubectlAsync($"get node {node}")).ShouldContain("SchedulingDisabled");
        await sandbox.KubectlAsync($"uncordon {node}");
    }

    [Fact]
    public async Task It_explains_measures_and_finds_typos()
    {
        (await sandbox.KubectlAsync("explain pod.spec.containers")).ShouldContain("livenessProbe");
        (await sandbox.KubectlAsync("explain deployment.spec.strategy.rollingUpdate --recursive")).ShouldContain("maxUnavailable");
        (await sandbox.KubectlAsync("top nodes")).ShouldContain("node-a1");
        (await sandbox.KubectlAsync("top pods -n shop -l app=cart --containers --no-headers")).ShouldContain("cart-");
        (await sandbox.KubectlAsync("api-versions")).ShouldContain("metrics.k8s.io/v1beta1");
        (await sandbox.KubectlAsync("events -n shop")).ShouldContain("Started container cart");

        var typo = await sandbox.TryKubectlAsync("apply -f -", BudgetAndSettings.Replace("minAvailable", "minAvailible", StringComparison.Ordinal));

        typo.Error.ShouldContain("strict decoding error: unknown field \"spec.minAvailible\"");
    }

    [Fact]
    public async Task It_says_what_needs_a_protocol_it_does_not_speak()
    {
        var pod = (await sandbox.KubectlAsync("get pods -n shop -l app=payments -o jsonpath={.items[0].metadata.name}")).Trim();

        (await sandbox.TryKubectlAsync($"port-forward -n shop {pod} :8080")).Error.ShouldContain("port-forward needs SPDY");
        (await sandbox.TryKubectlAsync($"attach -n shop {pod}")).Error.ShouldContain("attach needs SPDY");
        (await sandbox.TryKubectlAsync($"cp -n shop {pod}:/etc/hosts {Path.Combine(Path.GetTempPath(), pod)}")).Code.ShouldNotBe(0, "the image has no tar");
    }

    [Fact]
    public async Task It_gives_tokens_that_may_do_what_roles_say()
    {
        var ns = await NamespaceAsync();
        await sandbox.KubectlAsync($"create serviceaccount watcher -n {ns}");
        await sandbox.KubectlAsync($"create role watcher -n {ns} --verb=get,list --resource=pods");
        await sandbox.KubectlAsync($"create rolebinding watcher -n {ns} --role=watcher --serviceaccount={ns}:watcher");
        var token = (await sandbox.KubectlAsync($"create token watcher -n {ns}")).Trim();
        var person = $"system:serviceaccount:{ns}:watcher";

        (await sandbox.KubectlAsync($"auth can-i list pods -n {ns} --as {person}")).Trim().ShouldBe("yes");
        (await sandbox.TryKubectlAsync($"auth can-i delete pods -n {ns} --as {person}")).Output.Trim().ShouldBe("no");
        (await sandbox.KubectlAsync($"auth can-i --list -n {ns} --as {person}")).ShouldContain("[get list]");
        (await sandbox.TryKubectlAsync($"delete pod x -n {ns} --as {person}")).Error.ShouldContain("cannot delete resource \"pods\" in API group \"\" in the namespace");
        token.Split('.').Length.ShouldBe(3);
    }

    [Fact]
    public async Task It_debugs_labels_annotates_and_pages()
    {
        var ns = await NamespaceAsync();
        await sandbox.KubectlAsync($"run solo -n {ns} --image=ghost:1");
        await sandbox.KubectlAsync($"wait pod/solo -n {ns} --for=condition=Ready --timeout=60s");
        await sandbox.KubectlAsync($"label pod solo -n {ns} tier=back");
        await sandbox.KubectlAsync($"annotate pod solo -n {ns} note=kept");
        await sandbox.KubectlAsync($"debug solo -n {ns} --image=busybox --target=solo -- true");

        var shown = await sandbox.KubectlAsync($"get pod solo -n {ns} -o custom-columns=T:.metadata.labels.tier,N:.metadata.annotations.note,E:.spec.ephemeralContainers[0].image --no-headers");

        shown.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ShouldBe(["back", "kept", "busybox"]);
        await sandbox.KubectlAsync($"apply -n {ns} -f -", Numbered);
        await sandbox.KubectlAsync($"rollout status statefulset/numbered -n {ns} --timeout=60s");
        (await sandbox.KubectlAsync("get pods -A --chunk-size=3 --sort-by=.metadata.name -o name")).ShouldContain("pod/solo");
    }

    private async Task<string> NamespaceAsync()
    {
        var ns = $"t{Guid.NewGuid():n}"[..12];
        await sandbox.KubectlAsync($"create namespace {ns}");
        return ns;
    }
}
