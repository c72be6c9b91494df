using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using GameDay.Domain.People;
using GameDay.Domain.Plugins;
using GameDay.IntegrationTests.Engine;
using GameDay.IntegrationTests.Postgres;
using GameDay.Web.Hosting;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace GameDay.IntegrationTests.Web;

/// <summary>The whole web host on a port of its own and a database of its own; only the cluster is a stand-in.</summary>
public sealed partial class WebSite : IAsyncLifetime
{
    private readonly Func<Task<string>> _database;
    private readonly string _data = Directory.CreateTempSubdirectory("gd-web-").FullName;
    private WebApplication _app = null!;

    public WebSite(Databases databases) : this(databases.CreateAsync, new FakeCluster()) { }

    private WebSite(Func<Task<string>> database, FakeCluster cluster)
    {
        _database = database;
        Cluster = cluster;
    }

    public FakeCluster Cluster { get; }
    public string ConnectionString { get; private set; } = "";
    public Uri Address => new(_app.Urls.First());
    public IServiceProvider Services => _app.Services;
    public string Token => File.ReadAllText(Path.Combine(_data, "api.token"));
    public string TokenFile => Path.Combine(_data, "api.token");

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await _database();
        _app = await StartAsync(new NamedCluster("sandbox", "none", IsSandbox: true));
    }

    /// <summary>One replica of several on the same database and cluster.</summary>
    public static async Task<WebSite> ReplicaAsync(string connectionString, FakeCluster cluster)
    {
        var site = new WebSite(() => Task.FromResult(connectionString), cluster);
        await site.InitializeAsync();
        return site;
    }

    /// <summary>Stops the host and starts it again on the same database, with these clusters.</summary>
    public async Task RestartAsync(params NamedCluster[] clusters)
    {
        await StopAsync();
        _app = await StartAsync(clusters);
    }

    /// <summary>Sends as somebody: the scope, the pipeline and the handler are the real ones.</summary>
    public async Task<T> SendAsync<T>(Actor? by, IRequest<T> request)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Become(by);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    public HttpClient Visitor() => new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Address };

    public HttpClient CommandLine()
    {
        var http = Visitor();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return http;
    }

    public async Task<HttpClient> SignedInAsync(string userName)
    {
        var http = Visitor();
        var answer = await PostFormAsync(http, "/sign-in", "/sign-in", ("userName", userName));
        if (answer.StatusCode != HttpStatusCode.Found || answer.Headers.Location?.OriginalString != "/") throw new InvalidOperationException($"{userName} could not sign in: {answer.StatusCode} {answer.Headers.Location}");
        return http;
    }

    /// <summary>Posts a plain form as a browser without script does, with the page's own antiforgery token.</summary>
    public static async Task<HttpResponseMessage> PostFormAsync(HttpClient http, string page, string action, params (string Name, string Value)[] fields)
    {
        return await PostAsync(http, new Uri(action, UriKind.Relative), await TokenOfAsync(http, page), fields);
    }

    /// <summary>The antiforgery token of a page that was loaded while everything worked.</summary>
    public static async Task<string> TokenOfAsync(HttpClient http, string page) =>
        AntiforgeryField().Match(await http.GetStringAsync(new Uri(page, UriKind.Relative))).Groups["token"].Value;

    public static async Task<HttpResponseMessage> PostAsync(HttpClient http, Uri action, string token, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), KeyValuePair.Create("__RequestVerificationToken", token)]);
        return await http.PostAsync(action, form);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_data, recursive: true);
    }

    // Stopped first: the scheduler outlives its data source otherwise.
    private async Task StopAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task<WebApplication> StartAsync(params NamedCluster[] clusters)
    {
        var options = new WebOptions { Port = 0, ConnectionString = ConnectionString, DataDirectory = _data, RepositoryRoot = Root(), Clusters = clusters };
        var app = WebHost.Build(options, instead: Instead);
        await app.StartAsync();
        return app;
    }

    private void Instead(IServiceCollection services)
    {
        services.AddLogging(l => l.SetMinimumLevel(LogLevel.Error));
        services.RemoveAll<IProbeSource>();
        services.AddSingleton<IFault>(Cluster).AddSingleton<ILedger>(Cluster).AddSingleton<IRunBeat>(Cluster).AddSingleton<ITargets>(Cluster).AddSingleton<IProbeSource>(Cluster).AddSingleton<IClusters>(Cluster);
        services.AddSingleton<ISurroundings>(new FakeSurroundings(Cluster)).AddSingleton<INodeRehearsals>(new FakeSurroundings(Cluster)).AddSingleton<IReapers>(new FakeSurroundings(Cluster));
    }

    private static string Root()
    {
        for (var d = new DirectoryInfo(AppContext.BaseDirectory); d is not null; d = d.Parent)
            if (File.Exists(Path.Combine(d.FullName, "GameDay.sln"))) return d.FullName;
        throw new InvalidOperationException("GameDay.sln is not above the test's folder");
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AntiforgeryField();
}
