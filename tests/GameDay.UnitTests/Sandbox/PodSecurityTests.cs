using GameDay.Sandbox.Store;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox;

/// <summary>The Pod Security levels in the words of a real server.</summary>
public sealed class PodSecurityTests(SandboxUnderTest sandbox) : IClassFixture<SandboxUnderTest>
{
    [Theory]
    [InlineData("baseline", "{}", null)]
    [InlineData("baseline", """{"capabilities":{"add":["SYS_PTRACE","NET_ADMIN"]}}""",
        "non-default capabilities (container \"main\" must not include \"NET_ADMIN\", \"SYS_PTRACE\" in securityContext.capabilities.add)")]
    [InlineData("baseline", """{"privileged":true}""", "privileged (container \"main\" must not set securityContext.privileged=true)")]
    [InlineData("restricted", "{}",
        "allowPrivilegeEscalation != false (container \"main\" must set securityContext.allowPrivilegeEscalation=false), "
        + "unrestricted capabilities (container \"main\" must set securityContext.capabilities.drop=[\"ALL\"]), "
        + "runAsNonRoot != true (pod or container \"main\" must set securityContext.runAsNonRoot=true), "
        + "seccompProfile (pod or container \"main\" must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")")]
    [InlineData("restricted",
        """{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]},"runAsNonRoot":true,"seccompProfile":{"type":"RuntimeDefault"},"runAsUser":0}""",
        "runAsUser=0 (container \"main\" must not set runAsUser=0)")]
    [InlineData("restricted", """{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]},"runAsNonRoot":true,"seccompProfile":{"type":"RuntimeDefault"}}""", null)]
    public async Task A_level_refuses_what_it_forbids(string level, string context, string? broken)
    {
        var ns = await NamespaceAsync($"\"enforce\":\"{level}\"");

        var (code, body) = await sandbox.PostAsync($"/api/v1/namespaces/{ns}/pods", Pod(context));

        code.ShouldBe(broken is null ? 201 : 403, body.ToJsonString());
        if (broken is not null)
        {
            body.Text("message").ShouldBe($"pods \"a\" is forbidden: violates PodSecurity \"{level}:latest\": {broken}");
        }
    }

    [Fact]
    public async Task Host_namespaces_paths_and_ports_are_named_together()
    {
        var ns = await NamespaceAsync("\"enforce\":\"baseline\",\"enforce-version\":\"v1.33\"");

        var (_, body) = await sandbox.PostAsync(
            $"/api/v1/namespaces/{ns}/pods",
            """{"metadata":{"name":"a"},"spec":{"hostPID":true,"hostNetwork":true,"volumes":[{"name":"v","hostPath":{"path":"/"} },{"name":"w","hostPath":{"path":"/"} }],"containers":[{"name":"main","image":"i","ports":[{"containerPort":80,"hostPort":80}]}]} }""");

        body.Text("message").ShouldBe(
            "pods \"a\" is forbidden: violates PodSecurity \"baseline:v1.33\": host namespaces (hostNetwork=true, hostPID=true), hostPath volumes (volumes \"v\", \"w\"), hostPort (container \"main\" uses hostPort 80)");
    }

    [Fact]
    public async Task An_ephemeral_container_is_held_to_the_level_too()
    {
        var ns = await NamespaceAsync("\"enforce\":\"baseline\"");
        await sandbox.PostAsync($"/api/v1/namespaces/{ns}/pods", Pod("{}"));

        var (code, body) = await sandbox.PatchAsync(
            $"/api/v1/namespaces/{ns}/pods/a/ephemeralcontainers",
            """{"spec":{"ephemeralContainers":[{"name":"agent","image":"i","securityContext":{"capabilities":{"add":["NET_ADMIN"]} } }]} }""");

        code.ShouldBe(403);
        body.Text("message").ShouldBe(
            "pods \"a\" is forbidden: violates PodSecurity \"baseline:latest\": non-default capabilities (container \"agent\" must not include \"NET_ADMIN\" in securityContext.capabilities.add)");
    }

    [Fact]
    public async Task A_deployment_is_stored_and_its_refused_pods_are_told_in_an_event()
    {
        var ns = await NamespaceAsync("\"enforce\":\"restricted\"");

        (await sandbox.PostAsync($"/apis/apps/v1/namespaces/{ns}/deployments", SandboxUnderTest.Deployment("web", 1))).Code.ShouldBe(201);

        await SandboxUnderTest.UntilAsync(
            () => sandbox.Store.List(ResourceTypes.Events, ns).Any(e => e.Text("reason") == "FailedCreate" && e.Text("message")!.Contains("violates PodSecurity \"restricted:latest\"", StringComparison.Ordinal)),
            "an event that says why");
        sandbox.Store.List(ResourceTypes.Pods, ns).ShouldBeEmpty();
    }

    private async Task<string> NamespaceAsync(string labels)
    {
        var ns = await sandbox.NewNamespaceAsync();
        var prefixed = labels.Replace("\"enforce", "\"pod-security.kubernetes.io/enforce", StringComparison.Ordinal);
        (await sandbox.PatchAsync($"/api/v1/namespaces/{ns}", $$"""{"metadata":{"labels":{ {{prefixed}} } } }""", "merge-patch+json")).Code.ShouldBe(200);
        return ns;
    }

    private static string Pod(string context) => $$"""{"metadata":{"name":"a"},"spec":{"containers":[{"name":"main","image":"i","securityContext":{{context}} }]} }""";
}
