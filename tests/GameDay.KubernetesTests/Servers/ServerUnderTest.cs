using System.Text.Json;
using GameDay.Kubernetes;
using GameDay.KubernetesTests.Servers;

[assembly: AssemblyFixture(typeof(ServerUnderTest))]

namespace GameDay.KubernetesTests.Servers;

/// <summary>The one server that this run of the tests is about.</summary>
public sealed class ServerUnderTest : IAsyncLifetime
{
    /// <summary>For the attribute that skips what the server lacks.</summary>
    public static ServerUnderTest? Current { get; private set; }

    public TestServer Server { get; } = TestServer.Wanted();

    public KubernetesClient Client { get; private set; } = null!;

    public KubernetesClientConfiguration Configuration => Server.Configuration;

    public Version Version { get; private set; } = null!;

    /// <summary>Runs kubectl against the server and expects it to succeed.</summary>
    public async Task<string> KubectlAsync(string commandLine, string? input = null)
    {
        var done = await Kubectl.RunAsync(Server.Kubeconfig, commandLine, input);
        return done.Code == 0 ? done.Output : throw new InvalidOperationException($"kubectl {commandLine} ended with {done.Code}:\n{done.Output}{done.Error}");
    }

    /// <summary>The lines of a watch as they come over the wire, until the server ends it or there are enough.</summary>
    public async Task<IReadOnlyList<JsonElement>> WatchLinesAsync(string path, int most = int.MaxValue)
    {
        using var http = await RawAsync();
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var lines = new List<JsonElement>();
        while (lines.Count < most && await reader.ReadLineAsync() is { } line)
            lines.Add(JsonDocument.Parse(line).RootElement);
        return lines;
    }

    /// <summary>The API without our client, for what the client hides.</summary>
    private async Task<HttpClient> RawAsync()
    {
        var config = Configuration;
        var tls = new System.Net.Security.SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
            LocalCertificateSelectionCallback = (_, _, _, _, _) => config.Credentials.ClientCertificate!,
        };
        var http = new HttpClient(new SocketsHttpHandler { SslOptions = tls }) { BaseAddress = new(config.Host.AbsoluteUri.TrimEnd('/') + "/"), Timeout = TimeSpan.FromSeconds(90) };
        if (await config.Credentials.TokenAsync(refused: null, CancellationToken.None) is { } token)
            http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return http;
    }

    public async ValueTask InitializeAsync()
    {
        await Server.StartAsync();
        Client = Server.Connect();
        var version = await Client.VersionAsync();
        Version = new(Number(version.Major), Number(version.Minor));
        Current = this;
        TestContext.Current.SendDiagnosticMessage("{0}: Kubernetes {1}", Server.Name, version.GitVersion ?? "?");
    }

    public async ValueTask DisposeAsync()
    {
        if (Client is not null)
        {
            await Namespaces.RemoveAllAsync(Client);
            Client.Dispose();
        }

        await Server.DisposeAsync();
        Kubectl.Forget();
    }

    /// <summary>Vendors write "27+".</summary>
    private static int Number(string? text) => int.Parse(new string([.. (text ?? "0").TakeWhile(char.IsAsciiDigit)]));
}
