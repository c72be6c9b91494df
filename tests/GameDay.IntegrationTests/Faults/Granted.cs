using System.Text.Json.Nodes;
using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.Faults.Reaping;
using GameDay.Kubernetes;
using GameDay.Sandbox.Api.Security;
using GameDay.Sandbox.Store;
using GameDay.Web.CommandLine;
using GameDay.Web.Manifests;
using Microsoft.Extensions.DependencyInjection;
using YamlDotNet.Serialization;
using ResourceType = GameDay.Sandbox.Store.ResourceType;

namespace GameDay.IntegrationTests.Faults;

/// <summary>Exactly what <c>./gameday rbac</c> prints, in force in the sandbox; and app and reaper with the tokens of their ServiceAccounts.</summary>
internal sealed class Granted : IDisposable
{
    private const string Shop = "shop";
    private const string Own = "gameday";
    private static readonly IReadOnlyList<FaultKind> Kinds = ManifestsCommand.Kinds();
    private static readonly ResourceType[] Types = [ResourceTypes.RoleBindings, ResourceTypes.ClusterRoleBindings, ResourceTypes.Roles, ResourceTypes.ClusterRoles, ResourceTypes.ServiceAccounts];
    private readonly ClusterStore _store;
    private readonly IReadOnlyList<JsonObject> _documents;
    private readonly ServiceProvider _app;
    private readonly ServiceProvider _reaper;

    public Granted(LiveSandbox sandbox, FaultKind kind)
    {
        _store = sandbox.Services.GetRequiredService<ClusterStore>();
        var chart = new Chart(Path.Combine(Protocol.ReaperUnderTest.Root(), "helm/gameday"));
        _documents = Documents(new ClusterManifests("sandbox", [kind.Id], [Shop], null).Rbac(chart, Kinds));
        Put(_documents);
        _app = Compose(sandbox, "gameday-app");
        _reaper = Compose(sandbox, "gameday-reaper");
        Fault = App<IEnumerable<IFault>>().Single(fault => fault.Kind.Id == kind.Id);
    }

    public IFault Fault { get; }

    public ReaperLoop Reaper(TextWriter log) => new(
        _reaper.GetRequiredService<ClusterConnections>().For(LiveSandbox.Cluster), _reaper.GetServices<IFault>(), _reaper.GetRequiredService<ILedger>(),
        new ReaperOptions { Name = "least", Installation = "least", Namespaces = [Shop], Quiet = TimeSpan.FromSeconds(1), Grace = TimeSpan.Zero, Round = TimeSpan.FromMilliseconds(200), Sweep = TimeSpan.FromSeconds(1) },
        new ReaperVoice(log, TimeProvider.System), TimeProvider.System);

    public T App<T>() where T : notnull => _app.GetRequiredService<T>();

    /// <summary>Every permission of every rule that the app holds, with where it holds it: a namespace, or null for the cluster.</summary>
    public IReadOnlyList<(string? Namespace, PermissionNeeded Permission)> Held => [.. Bound().SelectMany(role =>
        from rule in role.Items("rules")
        from resource in rule.Texts("resources")
        from verb in rule.Texts("verbs")
        select (role.Text("metadata", "namespace"), new PermissionNeeded(rule.Texts("apiGroups").First(), resource, verb, role.Text("kind") == "ClusterRole"))).Distinct()];

    /// <summary>Puts the roles into force again, all but this one permission: nowhere does the app get it back by another role.</summary>
    public void AllBut(string? ns, PermissionNeeded gone) => Put([.. _documents.Select(document => Without(document.Copy(), ns, gone))]);

    /// <summary>Proved entries keep their target until nothing late can land any more; a test has no time for that.</summary>
    public void ForgetEntries()
    {
        foreach (var entry in _store.List(ResourceTypes.ConfigMaps, Own).Where(map => map.Labels().ContainsKey(Marks.Ledger)))
            _store.Delete(ResourceTypes.ConfigMaps, Own, entry.Name(), DeleteOptions.Now);
    }

    public void Dispose()
    {
        _app.Dispose();
        _reaper.Dispose();
    }

    private static JsonObject Without(JsonObject document, string? ns, PermissionNeeded gone)
    {
        if (document.Text("kind") == "ClusterRole" || (document.Text("kind") == "Role" && document.Text("metadata", "namespace") == ns))
        {
            foreach (var rule in document.Items("rules").Where(rule => rule.Texts("apiGroups").Contains(gone.ApiGroup) && rule.Texts("resources").Contains(gone.Resource)))
                rule["verbs"] = new JsonArray([.. rule.Texts("verbs").Where(verb => verb != gone.Verb).Select(verb => (JsonNode)verb)]);
        }

        return document;
    }

    private IEnumerable<JsonObject> Bound()
    {
        var roles = _documents.Where(d => d.Text("kind") is "RoleBinding" or "ClusterRoleBinding" && d.Items("subjects").Any(s => s.Text("name") == "gameday-app"))
            .Select(d => (d.Text("metadata", "namespace"), d.Text("roleRef", "name"))).ToHashSet();
        return _documents.Where(d => d.Text("kind") is "Role" or "ClusterRole" && roles.Contains((d.Text("metadata", "namespace"), d.Text("metadata", "name"))));
    }

    private void Put(IReadOnlyList<JsonObject> documents)
    {
        foreach (var type in Types.Where(type => type != ResourceTypes.ServiceAccounts))
            foreach (var old in _store.List(type).Where(o => o.Labels().GetValueOrDefault("app.kubernetes.io/part-of") == "gameday"))
                _store.Delete(type, old.Namespace(), old.Name(), DeleteOptions.Now);
        foreach (var document in documents)
        {
            var type = Array.Find(Types, t => t.Kind == document.Text("kind"))!;
            if (_store.Find(type, type.Namespaced ? document.Namespace() : null, document.Name()) is null)
                _store.Create(type, document.Copy());
        }
    }

    private ServiceProvider Compose(LiveSandbox sandbox, string account)
    {
        var token = sandbox.Services.GetRequiredService<ServiceAccountTokens>()
            .Issue(_store.Get(ResourceTypes.ServiceAccounts, Own, account), [ServiceAccountTokens.Audience], _store.Clock.GetUtcNow().AddHours(1));
        var admin = KubeConfig.Load(sandbox.Kubeconfig).Users[0].User.Token!;
        var kubeconfig = Path.Combine(Path.GetDirectoryName(sandbox.Kubeconfig)!, $"{account}.kubeconfig");
        File.WriteAllText(kubeconfig, File.ReadAllText(sandbox.Kubeconfig).Replace(admin, token, StringComparison.Ordinal));
        return new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(sandbox.Options with { InstallationId = "least", SweepNamespaces = [Shop] })
            .AddFaults()
            .AddSingleton(new ClusterConnections([new ClusterSource(LiveSandbox.Cluster, IsSandbox: true, kubeconfig)], TimeProvider.System))
            .AddEveryFault()
            .BuildServiceProvider();
    }

    private static IReadOnlyList<JsonObject> Documents(string yaml)
    {
        var json = new SerializerBuilder().JsonCompatible().Build();
        return [.. yaml.Split("\n---\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(text => new DeserializerBuilder().Build().Deserialize<object?>(text)).OfType<object>()
            .Select(document => JsonNode.Parse(json.Serialize(document))!.AsObject())];
    }
}
