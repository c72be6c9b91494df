using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using GameDay.Kubernetes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Hosting;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Kubernetes;

/// <summary>What clusters and kubeconfigs are like in the wild: every error names the cluster and the cause, and nothing is half done.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Name = "plant";
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task A_servers_expired_certificate_is_told_with_its_dates()
    {
        var ended = DateTimeOffset.UtcNow.AddHours(-2);
        await using var server = await TlsServer(_authority.Issue("localhost", server: true, until: ended));
        using var client = Client(server);

        var away = await Should.ThrowAsync<ClusterUnreachableException>(() => client.CreateAsync(Map()));

        away.Message.ShouldContain(Name);
        away.Message.ShouldContain($"to {ended.UtcDateTime:yyyy-MM-dd HH:mm} UTC and not now");
        away.MayHaveLanded.ShouldBeFalse();
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_told_with_its_issuer()
    {
        using var other = new TestAuthority();
        await using var server = await TlsServer(other.Issue("localhost", server: true));
        using var client = Client(server);

        var away = await Should.ThrowAsync<ClusterUnreachableException>(() => client.CreateAsync(Map()));

        away.Message.ShouldContain(Name);
        away.Message.ShouldContain($"issued by {other.Certificate.Subject}");
        away.Message.ShouldContain("not trusted by the certificate-authority of the kubeconfig");
        away.MayHaveLanded.ShouldBeFalse();
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_told_with_its_names()
    {
        await using var server = await TlsServer(_authority.Issue("api.inner.example", server: true));
        using var client = Client(server);

        var away = await Should.ThrowAsync<ClusterUnreachableException>(() => client.VersionAsync());

        away.Message.ShouldContain("is for api.inner.example, not for 'localhost'");
        away.Message.ShouldContain("tls-server-name");
    }

    [Fact]
    public void An_expired_client_certificate_is_refused_before_anything_is_sent()
    {
        using var old = _authority.Issue("alice", server: false, until: DateTimeOffset.UtcNow.AddHours(-1));

        var problem = Should.Throw<KubeConfigException>(() => KubernetesClientConfiguration.FromKubeConfig(KubeConfig.Parse($$$"""
            current-context: a
            contexts: [{name: a, context: {cluster: c, user: alice}}]
            clusters: [{name: c, cluster: {server: "https://c.example"}}]
            users: [{name: alice, user: {client-certificate-data: {{{Base64(old.ExportCertificatePem())}}}, client-key-data: {{{Base64(old.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem())}}} }}]
            """)));

        problem.Message.ShouldContain("The client certificate of the user 'alice'");
        problem.Message.ShouldContain("expired on");
    }

    [Fact]
    public async Task Something_that_speaks_no_tls_is_told()
    {
        await using var server = await RecordedServer.AnsweringAsync(200, "{}");
        using var client = new KubernetesClient(server.Configuration with { ClusterName = Name, Host = new($"https://localhost:{server.Address.Port}") });

        var away = await Should.ThrowAsync<ClusterUnreachableException>(() => client.VersionAsync());

        away.Message.ShouldContain(Name);
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ten_megabytes_in_one_object_are_read()
    {
        var big = new string('x', 10 * 1024 * 1024);
        await using var server = await RecordedServer.StartAsync((context, request) => request.Query.ContainsKey("watch")
            ? context.Response.WriteAsync($$$$"""{"type":"ADDED","object":{"metadata":{"name":"a","uid":"u","resourceVersion":"2"},"data":{"k":"{{{{big}}}}"}}}""" + "\n", context.RequestAborted)
            : RecordedServer.WriteAsync(context, 200, request.Path.EndsWith("/configmaps", StringComparison.Ordinal)
                ? """{"metadata":{"resourceVersion":"1"},"items":[]}"""
                : $$$"""{"metadata":{"name":"a"},"data":{"k":"{{{big}}}"}}"""));
        using var client = new KubernetesClient(server.Configuration with { ClientWait = TimeSpan.FromSeconds(60) });

        (await client.ReadAsync<V1ConfigMap>("a", "gameday")).Data!["k"].Length.ShouldBe(big.Length);
        await foreach (var change in client.WatchAsync<V1ConfigMap>("gameday"))
        {
            change.Object.Data!["k"].Length.ShouldBe(big.Length);
            break;
        }
    }

    [Fact]
    public async Task Fields_nobody_knows_are_passed_over_and_a_patch_leaves_them_alone()
    {
        await using var server = await RecordedServer.AnsweringAsync(200,
            """{"apiVersion":"v1","kind":"Pod","future":{"a":[1,{"b":null}]},"metadata":{"name":"a","shards":7},"spec":{"quantum":true,"nodeName":"n1"},"status":{"phase":"Dreaming","conditions":[{"type":"Lucid","status":"Maybe","level":9}]}}""");
        using var client = server.Client();

        var pod = await client.ReadAsync<V1Pod>("a", "shop");
        await client.PatchAsync<V1Pod>(V1Patch.Merge(new { metadata = new { labels = new { x = "y" } } }), "a", "shop");

        pod.Spec!.NodeName.ShouldBe("n1");
        pod.Status!.Phase.ShouldBe("Dreaming");
        server.Requests.Last().Body.ShouldBe("""{"metadata":{"labels":{"x":"y"}}}""");
    }

    [Fact]
    public async Task Json_of_another_shape_is_told_with_the_place()
    {
        await using var server = await RecordedServer.AnsweringAsync(200, """{"metadata":{"name":"a"},"status":["no","pod"]}""");
        using var client = server.Client();

        var away = await Should.ThrowAsync<ClusterUnreachableException>(() => client.ReadAsync<V1Pod>("a", "shop"));

        away.Message.ShouldContain("recorded");
        away.Message.ShouldContain("$.status");
    }

    [Fact]
    public async Task A_listener_that_never_speaks_is_given_up_with_the_address()
    {
        using var silent = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var client = new KubernetesClient(new() { ClusterName = Name, Host = new($"https://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}"), ClientWait = TimeSpan.FromMilliseconds(300) });

        var away = await Should.ThrowAsync<ClusterUnreachableException>(() => client.VersionAsync());

        away.Message.ShouldContain(Name);
        away.Message.ShouldContain($"no answer within 0.3 s from 127.0.0.1:");
    }

    [Fact]
    public async Task Credentials_that_are_no_longer_accepted_are_told()
    {
        await using var server = await RecordedServer.AnsweringAsync(401, """{"kind":"Status","code":401,"reason":"Unauthorized","message":"Unauthorized"}""");
        using var client = server.Client();

        var refusal = await Should.ThrowAsync<KubernetesException>(() => client.VersionAsync());

        refusal.Message.ShouldContain("recorded");
        refusal.Message.ShouldContain("renew them");
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private KubernetesClient Client(RecordedServer server) => new(new()
    {
        ClusterName = Name,
        Host = new($"https://localhost:{server.Address.Port}"),
        SslCaCerts = [_authority.Certificate],
        ClientWait = TimeSpan.FromSeconds(60),
    });

    private static Task<RecordedServer> TlsServer(X509Certificate2 certificate) => RecordedServer.StartAsync(
        (context, _) => RecordedServer.WriteAsync(context, 200, "{}"),
        (_, options) => options.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(certificate);
        }));

    private static V1ConfigMap Map() => new() { Metadata = new() { Name = "a", Namespace = "gameday" } };
}
