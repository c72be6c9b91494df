using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox;

/// <summary>Requests with a ServiceAccount's token are held against the stored roles.</summary>
public sealed class RbacTests(SandboxUnderTest sandbox) : IClassFixture<SandboxUnderTest>
{
    [Fact]
    public async Task An_account_may_do_what_its_role_says_and_nothing_else()
    {
        var ns = await NamespaceWithBotAsync("""[{"apiGroups":[""],"resources":["pods"],"verbs":["get","list"]}]""");
        var token = await TokenAsync(ns);

        (await AsAsync(token, HttpMethod.Get, $"/api/v1/namespaces/{ns}/pods")).Code.ShouldBe(200);
        var (code, refused) = await AsAsync(token, HttpMethod.Delete, $"/api/v1/namespaces/{ns}/pods/x");

        code.ShouldBe(403);
        refused.Text("reason").ShouldBe("Forbidden");
        refused.Text("message").ShouldBe(
            $"pods \"x\" is forbidden: User \"system:serviceaccount:{ns}:bot\" cannot delete resource \"pods\" in API group \"\" in the namespace \"{ns}\"");
        (await AsAsync(token, HttpMethod.Get, "/api/v1/pods")).Body.Text("message").ShouldBe(
            $"pods is forbidden: User \"system:serviceaccount:{ns}:bot\" cannot list resource \"pods\" in API group \"\" at the cluster scope");
        (await AsAsync(token, HttpMethod.Get, "/sandbox/misbehaviours")).Body.Text("message").ShouldBe(
            $"forbidden: User \"system:serviceaccount:{ns}:bot\" cannot get path \"/sandbox/misbehaviours\"");
    }

    [Theory]
    [InlineData("""{"resources":["pods"],"verbs":["*"]}""", "GET", "pods/x/log", 403)]
    [InlineData("""{"resources":["pods/log"],"verbs":["get"]}""", "GET", "pods/x/log", 404)]
    [InlineData("""{"resources":["*/log"],"verbs":["get"]}""", "GET", "pods/x/log", 404)]
    [InlineData("""{"resources":["*"],"verbs":["*"]}""", "POST", "pods/x/eviction", 404)]
    [InlineData("""{"resources":["pods"],"verbs":["delete"]}""", "DELETE", "pods", 403)]
    [InlineData("""{"resources":["pods"],"verbs":["deletecollection"]}""", "DELETE", "pods", 200)]
    [InlineData("""{"resources":["pods"],"verbs":["get"],"resourceNames":["y"]}""", "GET", "pods/x", 403)]
    [InlineData("""{"resources":["pods"],"verbs":["get"],"resourceNames":["x"]}""", "GET", "pods/x", 404)]
    [InlineData("""{"resources":["pods"],"verbs":["list"],"resourceNames":["x"]}""", "GET", "pods?fieldSelector=metadata.name%3Dx", 200)]
    [InlineData("""{"resources":["pods"],"verbs":["list"],"resourceNames":["x"]}""", "GET", "pods", 403)]
    [InlineData("""{"resources":["pods"],"verbs":["list"]}""", "GET", "pods?watch=true&timeoutSeconds=1", 403)]
    [InlineData("""{"resources":["pods"],"verbs":["list"],"apiGroups":["apps"]}""", "GET", "pods", 403)]
    public async Task Rules_are_read_as_Kubernetes_reads_them(string rule, string method, string path, int expected)
    {
        var complete = JsonNode.Parse(rule)!.AsObject();
        complete["apiGroups"] ??= new JsonArray("");
        var ns = await NamespaceWithBotAsync($"[{complete.ToJsonString()}]");

        (await AsAsync(await TokenAsync(ns), new HttpMethod(method), $"/api/v1/namespaces/{ns}/{path}")).Code.ShouldBe(expected);
    }

    [Fact]
    public async Task Reviews_answer_by_the_roles()
    {
        var ns = await NamespaceWithBotAsync("""[{"apiGroups":["apps"],"resources":["deployments/scale"],"verbs":["patch"]}]""");
        var token = await TokenAsync(ns);
        string Review(string verb) => $$$"""{"spec":{"resourceAttributes":{"verb":"{{{verb}}}","group":"apps","resource":"deployments","subresource":"scale","namespace":"{{{ns}}}"} } }""";

        var allowed = await AsAsync(token, HttpMethod.Post, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", Review("patch"));
        var refused = await AsAsync(token, HttpMethod.Post, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", Review("update"));
        var rules = await AsAsync(token, HttpMethod.Post, "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", $$$"""{"spec":{"namespace":"{{{ns}}}"} }""");
        var other = await sandbox.PostAsync(
            "/apis/authorization.k8s.io/v1/subjectaccessreviews",
            Review("patch").Replace("{\"spec\":{", $"{{\"spec\":{{\"user\":\"system:serviceaccount:{ns}:bot\",", StringComparison.Ordinal));

        allowed.Body.IsTrue("status", "allowed").ShouldBeTrue();
        allowed.Body.Text("status", "reason").ShouldBe($"RBAC: allowed by RoleBinding \"bot/{ns}\" of Role \"bot\" to ServiceAccount \"bot/{ns}\"");
        refused.Body.IsTrue("status", "allowed").ShouldBeFalse();
        rules.Body["status"].Items("resourceRules").SelectMany(rule => rule.Texts("resources")).ShouldContain("deployments/scale");
        other.Body.IsTrue("status", "allowed").ShouldBeTrue();
    }

    [Fact]
    public async Task An_aggregated_role_has_the_rules_of_the_roles_it_selects()
    {
        var label = $"agg-{Guid.NewGuid():n}";
        const string path = "/apis/rbac.authorization.k8s.io/v1/clusterroles";
        await sandbox.PostAsync(path, $$$"""{"metadata":{"name":"{{{label}}}-all"},"aggregationRule":{"clusterRoleSelectors":[{"matchLabels":{"to":"{{{label}}}"} }]},"rules":[]}""");
        await sandbox.PostAsync(path, $$$"""{"metadata":{"name":"{{{label}}}-part","labels":{"to":"{{{label}}}"} },"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["list"]}]}""");

        await SandboxUnderTest.UntilAsync(
            () => sandbox.Store.Get(ResourceTypes.ClusterRoles, null, $"{label}-all").Items("rules").Any(rule => rule.Texts("resources").Contains("pods")), "the rules of the part");
    }

    [Fact]
    public async Task The_administrator_may_be_anybody_and_others_may_not()
    {
        var ns = await NamespaceWithBotAsync("""[{"apiGroups":[""],"resources":["pods"],"verbs":["list"]}]""");
        var bot = $"system:serviceaccount:{ns}:bot";

        (await AsAsync(sandbox.Token, HttpMethod.Get, $"/api/v1/namespaces/{ns}/pods", impersonate: bot)).Code.ShouldBe(200);
        (await AsAsync(sandbox.Token, HttpMethod.Get, $"/api/v1/namespaces/{ns}/secrets", impersonate: bot)).Code.ShouldBe(403);
        (await AsAsync(await TokenAsync(ns), HttpMethod.Get, "/api/v1/nodes", impersonate: "jane")).Body.Text("message")
            .ShouldBe($"users \"jane\" is forbidden: User \"{bot}\" cannot impersonate resource \"users\" in API group \"\" at the cluster scope");
    }

    [Fact]
    public async Task A_token_of_a_deleted_account_or_one_changed_by_hand_is_not_known()
    {
        var ns = await NamespaceWithBotAsync("[]");
        var token = await TokenAsync(ns);
        var forged = token[..^4] + (token.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA");

        (await AsAsync(forged, HttpMethod.Get, "/api")).Code.ShouldBe(401);
        (await AsAsync(token, HttpMethod.Get, "/api")).Code.ShouldBe(200);
        await sandbox.DeleteAsync($"/api/v1/namespaces/{ns}/serviceaccounts/bot");
        (await AsAsync(token, HttpMethod.Get, "/api")).Code.ShouldBe(401);
    }

    [Fact]
    public async Task An_expired_token_is_not_known()
    {
        await using var clockwork = new SandboxUnderTest();
        await clockwork.InitializeAsync();
        await clockwork.PostAsync("/api/v1/namespaces/default/serviceaccounts", """{"metadata":{"name":"bot"} }""");
        var made = await clockwork.PostAsync("/api/v1/namespaces/default/serviceaccounts/bot/token", """{"spec":{"expirationSeconds":600} }""");
        await clockwork.PostAsync("/sandbox/clock", """{"offsetSeconds":601}""");
        clockwork.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.Body.Text("status", "token"));

        (await clockwork.GetAsync("/api")).Code.ShouldBe(401);
    }

    private async Task<string> NamespaceWithBotAsync(string rules)
    {
        var ns = await sandbox.NewNamespaceAsync();
        (await sandbox.PostAsync($"/api/v1/namespaces/{ns}/serviceaccounts", """{"metadata":{"name":"bot"} }""")).Code.ShouldBe(201);
        await sandbox.PostAsync($"/apis/rbac.authorization.k8s.io/v1/namespaces/{ns}/roles", $$"""{"metadata":{"name":"bot"},"rules":{{rules}} }""");
        await sandbox.PostAsync(
            $"/apis/rbac.authorization.k8s.io/v1/namespaces/{ns}/rolebindings",
            """{"metadata":{"name":"bot"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"bot"},"subjects":[{"kind":"ServiceAccount","name":"bot"}]}""");
        return ns;
    }

    private async Task<string> TokenAsync(string ns)
    {
        var (code, body) = await sandbox.PostAsync($"/api/v1/namespaces/{ns}/serviceaccounts/bot/token", "{}");
        code.ShouldBe(201, body.ToJsonString());
        return body.Text("status", "token")!;
    }

    private async Task<(int Code, JsonObject Body)> AsAsync(string token, HttpMethod method, string path, string? body = null, string? impersonate = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body ?? (method == HttpMethod.Get ? "" : "{}"), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (impersonate is not null)
        {
            request.Headers.Add("Impersonate-User", impersonate);
        }

        using var client = sandbox.NewClient();
        using var response = await client.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());
    }
}
