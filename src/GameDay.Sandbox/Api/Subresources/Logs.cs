using System.Globalization;
using System.Text;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Subresources;

/// <summary>The log subresource: plain lines, followed while the client stays.</summary>
internal sealed class Logs(ClusterStore store, IPodRuntime runtime, IHostApplicationLifetime lifetime)
{
    public async Task HandleAsync(ApiCall call)
    {
        var pod = store.Get(ResourceTypes.Pods, call.Namespace, call.Name);
        Containers.DemandNode(pod);
        var container = Containers.Choose(pod, call.Option("container"));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted, lifetime.ApplicationStopping);
        var lines = runtime.LogsAsync(pod.Namespace(), pod.Name(), container, OptionsOf(call), end.Token);
        var response = call.Http.Response;
        response.ContentType = "text/plain";
        var follow = call.Flag("follow");
        try
        {
            await foreach (var line in lines)
            {
                var stamp = call.Flag("timestamps") ? line.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) + " " : "";
                await response.Body.WriteAsync(Encoding.UTF8.GetBytes($"{stamp}{line.Text}\n"), end.Token);
                if (follow)
                {
                    await response.Body.FlushAsync(end.Token);
                }
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            await response.CompleteAsync();
        }
    }

    private LogOptions OptionsOf(ApiCall call)
    {
        DateTimeOffset? since = call.NumberOption("sinceSeconds") is { } seconds ? store.Clock.GetUtcNow().AddSeconds(-seconds) : null;
        if (call.Option("sinceTime") is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var time))
        {
            since = time;
        }

        return new LogOptions(call.Flag("follow"), call.NumberOption("tailLines"), since, call.Flag("previous"));
    }
}
