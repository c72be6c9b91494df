using System.Text;
using GameDay.Kubernetes;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Kubernetes;

public sealed class ProxyTests
{
    private static readonly EnvironmentProxy Given = new(new("http://secure:3128"), new("http://plain:3128"), "*.inner.example, 10.0.0.0/8,api.example:6443,.svc , 192.168.1.1,fd00::/8");

    [Theory]
    [InlineData("https://api.away.example:6443", false)]
    [InlineData("https://k8s.inner.example", true)]
    [InlineData("https://api.example:6443", true)]
    [InlineData("https://api.example:443", false)]
    [InlineData("https://10.20.30.40:6443", true)]
    [InlineData("https://11.20.30.40:6443", false)]
    [InlineData("https://192.168.1.1", true)]
    [InlineData("https://[fd00::1]:6443", true)]
    [InlineData("https://kubernetes.default.svc", true)]
    [InlineData("https://127.0.0.1:6443", true)]
    [InlineData("https://localhost:6443", true)]
    public void NO_PROXY_knows_names_addresses_and_networks(string server, bool bypassed) => Given.IsBypassed(new(server)).ShouldBe(bypassed);

    [Fact]
    public void Each_scheme_has_its_proxy()
    {
        Given.GetProxy(new("https://a")).ShouldBe(new Uri("http://secure:3128"));
        Given.GetProxy(new("http://a")).ShouldBe(new Uri("http://plain:3128"));
        new EnvironmentProxy(null, null, "").IsBypassed(new("https://a")).ShouldBeTrue();
        new EnvironmentProxy(new("http://p"), null, "*").IsBypassed(new("https://a")).ShouldBeTrue();
    }

    [Fact]
    public void The_environments_password_is_kept_apart_from_the_address()
    {
        var proxy = new EnvironmentProxy(new("http://me:p%40ss@secure:3128"), new("http://plain:3128"), "");

        proxy.GetProxy(new("https://a"))!.UserInfo.ShouldBeEmpty();
        var known = proxy.Credentials!.GetCredential(proxy.GetProxy(new("https://a"))!, "Basic").ShouldNotBeNull();
        (known.UserName, known.Password).ShouldBe(("me", "p@ss"));
        proxy.Credentials.GetCredential(proxy.GetProxy(new("http://a"))!, "Basic").ShouldBeNull();
    }

    [Fact]
    public async Task A_kubeconfigs_proxy_is_used_with_the_password_in_its_address()
    {
        await using var proxy = await RecordedServer.StartAsync((context, _) =>
        {
            if (context.Request.Headers.ProxyAuthorization == $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("me:p@ss"))}")
                return RecordedServer.WriteAsync(context, 200, """{"gitVersion":"v1.33.0"}""");
            context.Response.Headers.ProxyAuthenticate = "Basic realm=\"proxy\"";
            return RecordedServer.WriteAsync(context, 407, "", "text/plain");
        });
        using var client = new KubernetesClient(new()
        {
            ClusterName = "far",
            Host = new("http://cluster.invalid:8080"),
            Proxy = new UriBuilder(proxy.Address) { UserName = "me", Password = "p%40ss" }.Uri,
        });

        (await client.VersionAsync()).GitVersion.ShouldBe("v1.33.0");
    }

    [Fact]
    public async Task A_proxy_that_refuses_is_named_without_the_password_in_its_address()
    {
        await using var proxy = await RecordedServer.AnsweringAsync(403, "", "text/plain");
        using var client = new KubernetesClient(new()
        {
            ClusterName = "far",
            Host = new("https://cluster.invalid"),
            Proxy = new UriBuilder(proxy.Address) { UserName = "me", Password = "secret" }.Uri,
        });

        var away = await Should.ThrowAsync<ClusterUnreachableException>(() => client.VersionAsync());

        away.Message.ShouldContain($"127.0.0.1:{proxy.Address.Port} refused");
        away.ToString().ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_proxy_that_is_away_is_named()
    {
        using var client = new KubernetesClient(new() { ClusterName = "far", Host = new("https://cluster.invalid"), Proxy = new("http://127.0.0.1:1") });

        var away = await Should.ThrowAsync<ClusterUnreachableException>(() => client.VersionAsync());

        away.Message.ShouldContain("far");
        away.Message.ShouldContain("127.0.0.1:1");
    }
}
