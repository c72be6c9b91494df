using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using GameDay.Sandbox;
using GameDay.Sandbox.Api.Security;
using GameDay.Sandbox.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox;

/// <summary>The API and the controllers in this process, with a kubelet that only pretends.</summary>
public sealed class SandboxUnderTest : IAsyncLifetime
{
    private readonly string directory = Directory.CreateTempSubdirectory("sandbox-test").FullName;
    private WebApplication app = null!;

    public HttpClient Client { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public string Token { get; private set; } = null!;

    internal ClusterStore Store => app.Services.GetRequiredService<ClusterStore>();

    public async ValueTask InitializeAsync()
    {
        app = SandboxHost.Build(new SandboxOptions(0, directory, null, "127.99"), services => services
            .AddSingleton<FakeKubelet>()
            .AddSingleton<IPodRuntime>(provider => provider.GetRequiredService<FakeKubelet>())
            .AddHostedService(provider => provider.GetRequiredService<FakeKubelet>()));
        await app.StartAsync();
        Address = new Uri($"https://127.0.0.1:{SandboxHost.PortOf(app)}");
        Token = app.Services.GetRequiredService<AdminToken>().Value;
        Client = NewClient();
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    /// <summary>A client without a token that trusts the sandbox's authority and no other.</summary>
    public HttpClient NewClient() => new(NewHandler()) { BaseAddress = Address };

    public SocketsHttpHandler NewHandler()
    {
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(app.Services.GetRequiredService<LoopbackCertificate>().Authority);
        return new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = trust } };
    }

    public async Task<(int Code, JsonObject Body)> SendAsync(HttpMethod method, string path, string? body = null, string contentType = "application/json", string? accept = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        request.Headers.TryAddWithoutValidation("Accept", accept ?? "application/json");
        using var response = await Client.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());
    }

    public Task<(int Code, JsonObject Body)> GetAsync(string path, string? accept = null) => SendAsync(HttpMethod.Get, path, accept: accept);

    public Task<(int Code, JsonObject Body)> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body);

    public Task<(int Code, JsonObject Body)> PatchAsync(string path, string body, string kind = "strategic-merge-patch+json") =>
        SendAsync(HttpMethod.Patch, path, body, $"application/{kind}");

    public Task<(int Code, JsonObject Body)> DeleteAsync(string path, string? body = null) => SendAsync(HttpMethod.Delete, path, body);

    /// <summary>A namespace of the test's own, so that tests share one server.</summary>
    public async Task<string> NewNamespaceAsync()
    {
        var name = $"t{Guid.NewGuid():n}"[..12];
        (await PostAsync("/api/v1/namespaces", $$"""{"metadata": {"name": "{{name}}"} }""")).Code.ShouldBe(201);
        return name;
    }

    public async Task<JsonObject> DeployAsync(string ns, string name, int replicas = 2)
    {
        var (code, body) = await PostAsync($"/apis/apps/v1/namespaces/{ns}/deployments", Deployment(name, replicas));
        code.ShouldBe(201, body.ToJsonString());
        await UntilAsync(() => Store.Find(ResourceTypes.Deployments, ns, name).Number("status", "availableReplicas") == replicas, $"{name} available");
        return Store.Get(ResourceTypes.Deployments, ns, name);
    }

    public static string Deployment(string name, int replicas) => $$$$$"""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"{{{{{name}}}}}"},
         "spec":{"replicas":{{{{{replicas}}}}},"selector":{"matchLabels":{"app":"{{{{{name}}}}}"}},
         "template":{"metadata":{"labels":{"app":"{{{{{name}}}}}"}},"spec":{"containers":[{"name":"main","image":"shop/{{{{{name}}}}}:1","ports":[{"name":"http","containerPort":8080}]}]}}}}
        """;

    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        var deadline = DateTimeOffset.UtcNow.AddSeconds(30);
        while (!condition())
        {
            (DateTimeOffset.UtcNow < deadline).ShouldBeTrue($"{what} within 30 s");
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }
}
