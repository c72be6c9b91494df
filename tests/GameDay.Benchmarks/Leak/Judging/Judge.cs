using System.Text.Json.Nodes;
using GameDay.Benchmarks.Cluster;

namespace GameDay.Benchmarks.Leak.Judging;

/// <summary>
/// Decides by the sandbox's own state alone whether a fault was there too long, twice, before its entry or after its proof.
/// Nothing of the product's code takes part and nothing that the product says of itself is believed.
/// </summary>
internal sealed class Judge : IAsyncDisposable
{
    private static readonly TimeSpan Sample = TimeSpan.FromMilliseconds(250);
    private readonly KubeApi _api;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _work = [];
    private readonly TimeProvider _clock = TimeProvider.System;

    public Judge(string kubeconfig)
    {
        _api = new KubeApi(kubeconfig);
        Facts = new CourtRecord(_clock);
        Rules = new Rulings(Facts, _clock);
        Follow("api/v1/namespaces/gameday/configmaps", Facts.EntrySeen, Facts.EntryGone);
        Follow("apis/coordination.k8s.io/v1/namespaces/gameday/leases", Facts.LeaseSeen, (_, _) => { });
        Follow("apis/networking.k8s.io/v1/networkpolicies", Facts.PolicySeen, Facts.PolicyGone);
        Follow("apis/apps/v1/deployments", Facts.DeploymentSeen, Facts.DeploymentGone);
        Follow("api/v1/nodes", Facts.NodeSeen, (_, _) => { });
        Follow("api/v1/pods", Facts.PodSeen, Facts.PodGone);
        _work.Add(SampleAsync());
    }

    public CourtRecord Facts { get; }

    public Rulings Rules { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_work);
        _api.Dispose();
        _stop.Dispose();
    }

    private void Follow(string path, Action<JsonObject> seen, Action<JsonObject, long> gone) => _work.Add(Task.Run(() => new Mirror(_api, path, seen, gone).FollowAsync(_stop.Token)));

    private async Task SampleAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var asked = _clock.GetUtcNow();
                Facts.KernelsSeen((await _api.GetAsync("_sandbox/kernels", _stop.Token)).AsArray(), asked);
                Rules.LookNow();
                await Task.Delay(Sample, _stop.Token);
            }
            catch (HttpRequestException) { await Task.Delay(Sample); } // asked again
            catch (OperationCanceledException) when (_stop.IsCancellationRequested) { return; }
        }
    }
}
