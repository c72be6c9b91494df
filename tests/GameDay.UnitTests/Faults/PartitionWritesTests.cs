using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.Faults.Partitions;
using GameDay.Kubernetes;
using GameDay.UnitTests.Kubernetes;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Faults;

public sealed class PartitionWritesTests
{
    private static readonly InjectionOrder Order = new(
        Guid.NewGuid(), "0a1b2c3d", Guid.NewGuid(), "tests", new() { Cluster = "recorded", Namespace = "shop", Kind = "Pod", Name = "cart", Uid = "u1" },
        new Dictionary<string, string>(), TimeSpan.FromSeconds(10), default, default);

    [Fact]
    public async Task A_label_that_may_not_be_taken_off_keeps_no_policy_in_place()
    {
        await using var server = await RecordedServer.StartAsync((context, request) => (request.Method, request.Path) switch
        {
            ("GET", var path) when path.Contains("/pods/") => RecordedServer.WriteAsync(context, 200, Text(new V1Pod
            {
                Metadata = new() { Name = "cart", Namespace = "shop", Uid = "u1", Labels = new Dictionary<string, string> { [PartitionPolicy.TargetLabel] = Order.ShortId } },
            })),
            ("GET", _) => RecordedServer.WriteAsync(context, 200, Text(new V1NetworkPolicy { Metadata = new() { Name = PartitionPolicy.NameOf(Order), Namespace = "shop", Uid = "p1", Labels = Marks.Labels(Order) } })),
            ("PATCH", _) => RecordedServer.WriteAsync(context, 403, """{"kind":"Status","status":"Failure","code":403,"reason":"Forbidden","message":"no"}"""),
            _ => RecordedServer.WriteAsync(context, 200, """{"kind":"Status","status":"Success"}"""),
        });
        using var client = server.Client();

        await Should.ThrowAsync<KubernetesException>(() => PartitionWrites.JoinAsync(client, Order, default));

        server.Requests.ShouldContain(request => request.Method == "DELETE" && request.Path.EndsWith("/networkpolicies/gameday-0a1b2c3d", StringComparison.Ordinal));
    }

    private static string Text(object value) => System.Text.Encoding.UTF8.GetString(KubernetesJson.Serialize(value));
}
