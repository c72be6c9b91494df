using System.Net;
using GameDay.Domain;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.UnitTests.Agent;
using GameDay.UnitTests.Kubernetes;
using GameDay.Web.CommandLine;
using GameDay.Web.Features.Clusters;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Web;

/// <summary>What a person sees of a cluster that cannot be used: its name, the cause and what to do, on the Clusters page and in a preview.</summary>
public sealed class UnusableClusterTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("gameday-unusable-").FullName;
    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _other = new();

    public void Dispose()
    {
        _authority.Dispose();
        _other.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task An_expired_certificate()
    {
        await using var server = await TlsAsync(_authority.Issue("localhost", server: true, until: DateTimeOffset.UtcNow.AddHours(-1)));
        await SeesAsync(server, "and not now", "renew it on the server");
    }

    [Fact]
    public async Task A_wrong_certificate_authority()
    {
        await using var server = await TlsAsync(_other.Issue("localhost", server: true));
        await SeesAsync(server, "not trusted by the certificate-authority of the kubeconfig", "the kubeconfig up to date?");
    }

    [Fact]
    public async Task A_sign_in_page_in_between()
    {
        await using var server = await RecordedServer.AnsweringAsync(200, "<html>Please sign in</html>", "text/html");
        await SeesAsync(server, "Please sign in", "is the address right");
    }

    [Fact]
    public async Task A_server_that_accepts_and_never_answers()
    {
        await using var server = await RecordedServer.StartAsync((context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await SeesAsync(server, "no answer within 7 s", "does a firewall or proxy stand between?", hurry: true);
    }

    [Fact]
    public async Task A_credential_plugin_that_fails()
    {
        await using var server = await RecordedServer.AnsweringAsync(200, "{}");
        await SeesAsync(server, "ended with 3: token has expired", "run the-cloud login", user: $"exec: {{command: {Program("echo token has expired, run the-cloud login >&2; exit 3")}}}");
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_credential_plugin_that_hangs()
    {
        await using var server = await RecordedServer.AnsweringAsync(200, "{}");
        await SeesAsync(server, "gave no answer within 30 s", "signing in failed", user: $"exec: {{command: {Program("sleep 600")}}}", hurry: true);
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Credentials_that_are_refused()
    {
        await using var server = await RecordedServer.AnsweringAsync(401, """{"kind":"Status","code":401,"reason":"Unauthorized","message":"Unauthorized"}""");
        await SeesAsync(server, "401 Unauthorized", "renew them");
    }

    [Fact]
    public async Task A_context_that_is_missing_is_told_before_anything_is_started()
    {
        await using var server = await RecordedServer.AnsweringAsync(200, "{}");
        await SeesAsync(server, "no context 'nowhere'. It has: here", "cannot be used", context: "nowhere");

        var refusal = Should.Throw<RuleBroken>(() => ClusterOptions.RefuseUnusable(Path.Combine(_directory, "config"), "nowhere"));
        refusal.Message.ShouldContain("no context 'nowhere'. It has: here");
        refusal.Message.ShouldContain("Nothing was started.");
    }

    private async Task SeesAsync(RecordedServer server, string cause, string advice, string user = "token: abc", string? context = null, bool hurry = false)
    {
        var address = server.Address.Scheme == "https" ? $"https://localhost:{server.Address.Port}\", certificate-authority: \"ca.pem" : $"{server.Address}";
        await File.WriteAllTextAsync(Path.Combine(_directory, "ca.pem"), _authority.Certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(_directory, "config"), $$"""
            current-context: here
            contexts: [{name: here, context: {cluster: c, user: me} }]
            clusters: [{name: c, cluster: {server: "{{address}}" } }]
            users:
            - name: me
              user: { {{user}} }
            """);
        var clock = hurry ? new ManualClock(DateTimeOffset.UtcNow) : TimeProvider.System;
        await using var services = new ServiceCollection().AddSingleton(clock).AddSingleton(new FaultOptions { InstallationId = "tests" })
            .AddSingleton<IReadOnlyList<ClusterSource>>([new("plant-7", IsSandbox: false, Path.Combine(_directory, "config"), context)]).AddFaults().BuildServiceProvider();
        var page = new CheckCluster.Handler(services.GetRequiredService<IClusters>(), services.GetRequiredService<ITargets>(), services.GetRequiredService<ILedger>(), [], clock);

        var shown = (await HurryAsync(page.Handle(new("plant-7", "shop"), default), clock)).Problem.ShouldNotBeNull();
        var preview = (await Should.ThrowAsync<RuleBroken>(() => HurryAsync(services.GetRequiredService<ITargets>().ResolveAsync("plant-7", new("shop", "app=cart"), TargetKind.Pod, 1, default), clock))).Message;

        foreach (var text in (string[])[shown, preview])
        {
            text.ShouldContain("plant-7");
            text.ShouldContain(cause);
            text.ShouldContain(advice);
            text.ShouldNotContain("   at ");
        }
    }

    /// <summary>Where only waiting is tested, the product's clock runs ahead.</summary>
    private static async Task<T> HurryAsync<T>(Task<T> work, TimeProvider clock)
    {
        while (clock is ManualClock manual && !work.IsCompleted)
        {
            manual.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(work, Task.Delay(20));
        }

        return await work;
    }

    private string Program(string script)
    {
        var path = Path.Combine(_directory, "plugin");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private static Task<RecordedServer> TlsAsync(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate) => RecordedServer.StartAsync(
        (context, _) => RecordedServer.WriteAsync(context, 200, "{}"),
        (_, options) => options.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
}
