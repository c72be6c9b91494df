using System.Globalization;
using System.Text.Json;
using GameDay.Domain.Experiments;
using GameDay.Faults.Targeting;
using GameDay.Kubernetes;
using GameDay.UnitTests.Kubernetes;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Faults;

/// <summary>How much is asked of an API server to choose targets among very many pods.</summary>
public sealed class TargetSearchTests
{
    private const int Pods = 1000;
    private const int Nodes = 40;
    private const int Sets = 30;

    [Fact]
    public async Task A_few_are_chosen_by_metadata_alone_and_only_those_are_read()
    {
        await using var server = await CrowdAsync();
        using var client = server.Client();
        var search = new PodSearch(client, "big");

        var found = await search.FindAsync(new("shop", "app=web", Choice.Count, 3), default);
        var targets = await search.DescribeAsync([.. found.Among.Take(3)], default);

        found.Whole.ShouldBe(Pods);
        targets.ShouldAllBe(target => target.Node != null && target.Zone != null && target.Ip != null && target.Ready && target.Owner == "Deployment/web");
        var lists = server.Requests.Where(request => request.Path.EndsWith("/pods", StringComparison.Ordinal)).ToList();
        lists.ShouldAllBe(list => list.Accept.Contains("PartialObjectMetadataList") && list.Query["fieldSelector"] == "status.phase!=Succeeded,status.phase!=Failed" && list.Query["limit"] == "500");
        lists.Count.ShouldBe(2);
        server.Requests.Count.ShouldBe(2 + 3 * 3, "each of the three is read, and its node and ReplicaSet");
    }

    [Fact]
    public async Task All_of_them_with_their_zones_and_owners_take_a_handful_of_requests()
    {
        await using var server = await CrowdAsync();
        using var client = server.Client();
        var search = new PodSearch(client, "big");

        var found = await search.FindAsync(new("shop", "app=web", Choice.All) { Owner = "Deployment/web", Zone = "a" }, default);
        var targets = await search.DescribeAsync(found.Among, default);

        found.Whole.ShouldBe(Pods);
        targets.Count.ShouldBe(Pods / 2);
        targets.ShouldAllBe(target => target.Zone == "a" && target.Owner == "Deployment/web" && target.Ip != null);
        server.Requests.Select(request => request.Path).ShouldBe(["/api/v1/namespaces/shop/pods", "/api/v1/namespaces/shop/pods", "/apis/apps/v1/namespaces/shop/replicasets", "/api/v1/nodes"]);
    }

    [Fact]
    public async Task A_pod_replaced_since_the_list_keeps_what_was_seen_of_it()
    {
        await using var server = await CrowdAsync(replaced: "web-0007");
        using var client = server.Client();
        var search = new PodSearch(client, "big");

        var found = await search.FindAsync(new("shop", "app=web", Choice.One), default);
        var target = (await search.DescribeAsync([found.Among[7]], default)).ShouldHaveSingleItem();

        target.Uid.ShouldBe("uid-7");
        target.Node.ShouldBeNull();
        target.Ready.ShouldBeFalse();
    }

    private static Task<RecordedServer> CrowdAsync(string? replaced = null) => RecordedServer.StartAsync((context, request) =>
    {
        var name = request.Path.Split('/')[^1];
        object answer = request.Path switch
        {
            "/api/v1/namespaces/shop/pods" => Page(request, bare: request.Accept.Contains("as=PartialObjectMetadataList", StringComparison.Ordinal)),
            "/api/v1/nodes" => new { metadata = new { }, items = Enumerable.Range(0, Nodes).Select(i => Node(i)) },
            "/apis/apps/v1/namespaces/shop/replicasets" => new { metadata = new { }, items = Enumerable.Range(0, Sets).Select(i => Set(i)) },
            _ when request.Path.StartsWith("/api/v1/nodes/", StringComparison.Ordinal) => Node(Number(name)),
            _ when request.Path.Contains("/replicasets/", StringComparison.Ordinal) => Set(Number(name)),
            _ => Pod(Number(name), bare: false, name == replaced ? "another" : null),
        };
        return RecordedServer.WriteAsync(context, 200, JsonSerializer.Serialize(answer));
    });

    private static object Page(RecordedRequest request, bool bare)
    {
        var from = int.Parse(request.Query.GetValueOrDefault("continue", "0"), CultureInfo.InvariantCulture);
        var next = from + int.Parse(request.Query["limit"], CultureInfo.InvariantCulture);
        return new { metadata = new { @continue = next < Pods ? $"{next}" : "" }, items = Enumerable.Range(from, next - from).Select(i => Pod(i, bare)) };
    }

    private static object Pod(int i, bool bare, string? uid = null)
    {
        var metadata = new
        {
            name = $"web-{i:0000}", @namespace = "shop", uid = uid ?? $"uid-{i}", labels = new { app = "web" },
            ownerReferences = new[] { new { apiVersion = "apps/v1", kind = "ReplicaSet", name = $"set-{i % Sets}", uid = $"set-uid-{i % Sets}", controller = true } },
        };
        return bare ? new { metadata } : new { metadata, spec = new { nodeName = $"node-{i % Nodes}" }, status = new { phase = "Running", podIP = $"10.0.{i / 250}.{i % 250}", conditions = new[] { new { type = "Ready", status = "True" } } } };
    }

    private static object Node(int i) => new { metadata = new { name = $"node-{i}", labels = new Dictionary<string, string> { ["topology.kubernetes.io/zone"] = i % 2 == 0 ? "a" : "b" } } };

    private static object Set(int i) => new { metadata = new { name = $"set-{i}", uid = $"set-uid-{i}", ownerReferences = new[] { new { apiVersion = "apps/v1", kind = "Deployment", name = "web", uid = "d", controller = true } } } };

    private static int Number(string name) => int.Parse(name[(name.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture);
}
