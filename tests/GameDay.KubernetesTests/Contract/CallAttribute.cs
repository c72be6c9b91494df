using System.Reflection;
using GameDay.KubernetesTests.Servers;
using Xunit.v3;

namespace GameDay.KubernetesTests.Contract;

/// <summary>Marks a test with the call it is about and the first Kubernetes that has it; where the server lacks something, it is listed as not checked.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CallAttribute(string call, string since = "1.0", Has needs = Has.Nothing) : BeforeAfterTestAttribute
{
    public string Call { get; } = call;

    public Version Since { get; } = Version.Parse(since);

    public Has Needs { get; } = needs;

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (Missing(ServerUnderTest.Current!) is { } missing)
            Assert.Skip($"not checked against the {ServerUnderTest.Current!.Server.Name} server: {Call} {missing}");
    }

    private string? Missing(ServerUnderTest server) =>
        Since > server.Version ? $"came with Kubernetes {Since}, this is {server.Version}"
        : Needs.HasFlag(Has.Kubelet) && !server.Server.Has.HasFlag(Has.Kubelet) ? "needs a kubelet"
        : Needs.HasFlag(Has.Ownership) && !server.Server.Has.HasFlag(Has.Ownership) ? "changes things outside of the tests' namespaces"
        : null;
}
