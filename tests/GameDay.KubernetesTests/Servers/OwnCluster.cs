namespace GameDay.KubernetesTests.Servers;

/// <summary>Somebody's cluster, used only in namespaces that the tests make.</summary>
public sealed class OwnCluster(string kubeconfig) : TestServer
{
    public override string Name => "own";

    public override string Kubeconfig => kubeconfig;

    public override Has Has => Has.Kubelet;

    public override Task StartAsync() => Task.CompletedTask;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
