using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using GameDay.Kubernetes;
using GameDay.UnitTests.Agent;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Kubernetes;

public sealed class CredentialTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("gameday-kubeconfig-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_token_is_sent()
    {
        await using var server = await Echo();
        using var client = Client(server, "token: abc");

        await client.VersionAsync();

        server.Requests.Single().Authorization.ShouldBe("Bearer abc");
    }

    [Fact]
    public async Task A_token_file_is_read_again_when_the_server_refuses_its_token()
    {
        Write("token", "old\n");
        await using var server = await RecordedServer.StartAsync((context, request) => request.Authorization == "Bearer new"
            ? RecordedServer.WriteAsync(context, 200, "{}")
            : RecordedServer.WriteAsync(context, 401, """{"kind":"Status","code":401,"reason":"Unauthorized"}"""));
        using var client = Client(server, "tokenFile: token");

        await Should.ThrowAsync<KubernetesException>(() => client.VersionAsync());
        Write("token", "new\n");
        await client.VersionAsync();

        server.Requests.Last().Authorization.ShouldBe("Bearer new");
    }

    [Fact]
    public async Task An_exec_plugin_is_asked_once_and_its_token_kept_until_it_expires()
    {
        Program("plugin", """
            echo "$KUBERNETES_EXEC_INFO" > asked; echo x >> count
            echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"'$TOKEN'","expirationTimestamp":"2999-01-01T00:00:00Z"}}'
            """);
        await using var server = await Echo();
        using var client = Client(server, """
            exec:
                  apiVersion: client.authentication.k8s.io/v1
                  command: ./plugin
                  env: [{name: TOKEN, value: secret}]
                  provideClusterInfo: true
            """);

        await client.VersionAsync();
        await client.VersionAsync();

        server.Requests.Select(request => request.Authorization).ShouldBe(["Bearer secret", "Bearer secret"]);
        (await File.ReadAllLinesAsync(Path.Combine(_directory, "count"))).Length.ShouldBe(1);
        (await File.ReadAllTextAsync(Path.Combine(_directory, "asked"))).ShouldContain("\"server\":\"http://127.0.0.1");
    }

    [Theory]
    [InlineData("$(wc -l < count)")]
    [InlineData("1")]
    public async Task An_exec_plugin_is_asked_once_for_all_calls_that_were_refused_together(string token)
    {
        const int calls = 8;
        Program("plugin", $$$"""
            echo x >> count
            echo '{"kind":"ExecCredential","status":{"token":"'{{{token}}}'"}}'
            """);
        var refused = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await RecordedServer.StartAsync(async (context, request) =>
        {
            if (request.Authorization != "Bearer 1")
            {
                await RecordedServer.WriteAsync(context, 200, "{}");
                return;
            }

            if (Interlocked.Increment(ref refused) == calls)
                all.SetResult();
            await all.Task;
            await RecordedServer.WriteAsync(context, 401, """{"kind":"Status","code":401,"reason":"Unauthorized"}""");
        });
        var clock = new ManualClock(DateTimeOffset.UtcNow);
        using var client = Client(server, "exec: {command: ./plugin}", clock: clock);

        await Task.WhenAll(Enumerable.Range(0, calls).Select(_ => Record.ExceptionAsync(() => client.VersionAsync()).AsTask()));

        server.Requests.Count.ShouldBe(2 * calls);
        (await File.ReadAllLinesAsync(Path.Combine(_directory, "count"))).Length.ShouldBe(2);
    }

    [Fact]
    public async Task An_exec_plugin_that_fails_says_why()
    {
        Program("plugin", "echo sign in first >&2; exit 3");
        await using var server = await Echo();
        using var client = Client(server, "exec: {command: ./plugin}");

        var problem = await Should.ThrowAsync<ClusterUnreachableException>(() => client.VersionAsync());

        problem.Message.ShouldContain("ended with 3");
        problem.Message.ShouldContain("sign in first");
    }

    [Fact]
    public async Task A_missing_exec_plugin_prints_its_hint()
    {
        await using var server = await Echo();
        using var client = Client(server, "exec: {command: ./nowhere, installHint: Install the cloud tool.}");

        (await Should.ThrowAsync<ClusterUnreachableException>(() => client.VersionAsync())).Message.ShouldContain("Install the cloud tool.");
    }

    [Fact]
    public async Task An_exec_plugin_that_hangs_is_ended_with_all_it_started()
    {
        Program("plugin", "echo $$ > pid; sleep 600");
        var plugin = new ExecPlugin(new() { Command = "./plugin" }, _directory, TimeProvider.System) { Limit = TimeSpan.FromSeconds(1) };

        (await Should.ThrowAsync<KubeConfigException>(() => plugin.RunAsync([], default))).Message.ShouldContain("no answer within 1 s");
    }

    [Fact]
    public async Task A_cluster_whose_exec_plugin_hangs_is_named_with_the_plugin()
    {
        Program("plugin", "echo x > started; sleep 600");
        await using var server = await Echo();
        var clock = new ManualClock(DateTimeOffset.UtcNow);
        using var client = Client(server, "exec: {command: ./plugin}", clock: clock);

        var call = client.CreateAsync(new V1ConfigMap { Metadata = new() { Name = "a", Namespace = "b" } });
        while (!call.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(31));
            await Task.WhenAny(call, Task.Delay(50));
        }

        var problem = await Should.ThrowAsync<ClusterUnreachableException>(() => call);
        problem.Message.ShouldContain("recorded");
        problem.Message.ShouldContain("'./plugin' gave no answer within 30 s");
        problem.MayHaveLanded.ShouldBeFalse();
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_exec_plugins_new_certificate_is_used_for_a_new_connection()
    {
        using var authority = new TestAuthority();
        foreach (var name in (string[])["one", "two"])
        {
            using var user = authority.Issue(name, server: false);
            // As JSON wants it: line breaks written out.
            Write($"{name}.json", $$$$"""{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"expirationTimestamp":"2001-01-01T00:00:00Z","clientCertificateData":{{{{JsonSerializer.Serialize(user.ExportCertificatePem())}}}},"clientKeyData":{{{{JsonSerializer.Serialize(user.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem())}}}}}}""");
        }

        Write("ca.pem", authority.Certificate.ExportCertificatePem());
        Program("plugin", "if [ -e second ]; then cat two.json; else cat one.json; fi");
        await using var server = await TlsServer(authority, "localhost");
        using var client = Client(server, "exec: {command: ./plugin}", "certificate-authority: ca.pem");

        await client.VersionAsync();
        _lastSubject.ShouldBe("CN=one");
        Write("second", "");
        await client.VersionAsync();
        _lastSubject.ShouldBe("CN=two");
    }

    [Fact]
    public async Task In_a_pod_the_mounted_service_account_is_used()
    {
        using var authority = new TestAuthority();
        Write("ca.crt", authority.Certificate.ExportCertificatePem());
        Write("namespace", "gameday\n");
        Write("token", "mounted");
        await using var server = await TlsServer(authority, "localhost");

        var config = InClusterConfig.Read(_directory, new($"https://localhost:{server.Address.Port}"), TimeProvider.System);
        using var client = new KubernetesClient(config);
        await client.VersionAsync();

        config.Namespace.ShouldBe("gameday");
        server.Requests.Single().Authorization.ShouldBe("Bearer mounted");
        KubernetesClientConfiguration.IsInCluster().ShouldBeFalse();
    }

    [Fact]
    public async Task A_clusters_own_authority_and_a_client_certificate_are_used_over_http2()
    {
        using var authority = new TestAuthority();
        Write("ca.pem", authority.Certificate.ExportCertificatePem());
        using var user = authority.Issue("alice", server: false);
        Write("user.pem", user.ExportCertificatePem());
        Write("user.key", user.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        await using var server = await TlsServer(authority, "localhost");

        using var client = Client(server, "client-certificate: user.pem\n    client-key: user.key", "certificate-authority: ca.pem");
        await client.VersionAsync();

        server.Requests.Single().Path.ShouldBe("/version");
        _lastSubject.ShouldBe("CN=alice");
        _lastProtocol.ShouldBe("HTTP/2");
    }

    [Fact]
    public async Task A_server_of_another_authority_is_not_spoken_to()
    {
        using var authority = new TestAuthority();
        using var other = new TestAuthority();
        Write("ca.pem", other.Certificate.ExportCertificatePem());
        await using var server = await TlsServer(authority, "localhost");
        using var client = Client(server, "token: abc", "certificate-authority: ca.pem");

        var away = await Should.ThrowAsync<ClusterUnreachableException>(() => client.VersionAsync());

        away.MayHaveLanded.ShouldBeFalse();
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_name_in_the_certificate_may_be_given_and_verification_switched_off()
    {
        using var authority = new TestAuthority();
        Write("ca.pem", authority.Certificate.ExportCertificatePem());
        await using var server = await TlsServer(authority, "api.inner.example");
        using var wrongName = Client(server, "token: abc", "certificate-authority: ca.pem");
        using var named = Client(server, "token: abc", "certificate-authority: ca.pem\n    tls-server-name: api.inner.example");
        using var unverified = Client(server, "token: abc", "insecure-skip-tls-verify: true");

        await Should.ThrowAsync<ClusterUnreachableException>(() => wrongName.VersionAsync());
        await named.VersionAsync();
        await unverified.VersionAsync();
    }

    private string? _lastSubject;
    private string? _lastProtocol;

    private static Task<RecordedServer> Echo() => RecordedServer.AnsweringAsync(200, "{}");

    private Task<RecordedServer> TlsServer(TestAuthority authority, string name) => RecordedServer.StartAsync(
        async (context, _) =>
        {
            _lastSubject = (await context.Connection.GetClientCertificateAsync())?.Subject;
            _lastProtocol = context.Request.Protocol;
            await RecordedServer.WriteAsync(context, 200, "{}");
        },
        (_, options) => options.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(https =>
            {
                https.ServerCertificate = authority.Issue(name, server: true);
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.AllowAnyClientCertificate();
            });
        }));

    private KubernetesClient Client(RecordedServer server, string user, string cluster = "insecure-skip-tls-verify: false", TimeProvider? clock = null)
    {
        var address = server.Address.Scheme == "https" ? $"https://localhost:{server.Address.Port}" : server.Address.ToString();
        Write("config", $"""
            apiVersion: v1
            kind: Config
            current-context: here
            contexts:
            - name: here
              context: [cluster-and-user]
            clusters:
            - name: recorded
              cluster:
                server: {address}
                {cluster}
            users:
            - name: me
              user:
                {user}
            """.Replace("[cluster-and-user]", "{cluster: recorded, user: me, namespace: shop}"));
        return new(KubernetesClientConfiguration.FromKubeConfig(Path.Combine(_directory, "config"), clock: clock), clock);
    }

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_directory, name), content);

    private void Program(string name, string script)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllText(path, $"#!/bin/sh\ncd {_directory}\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
