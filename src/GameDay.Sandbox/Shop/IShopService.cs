using GameDay.Sandbox.Network;

namespace GameDay.Sandbox.Shop;

/// <summary>The program inside one of the shop's images. One instance is one running process; disposing it ends it.</summary>
public interface IShopService
{
    /// <summary>Answers one request; the server around it adds /healthz, /metrics, measuring and the request log.</summary>
    Task HandleAsync(HttpContext context);

    /// <summary>Work besides answering requests, until <paramref name="stopping"/>.</summary>
    Task RunAsync(CancellationToken stopping) => Task.CompletedTask;

    /// <summary>Sets what can only be told at the moment somebody looks.</summary>
    void Measure(ShopMetrics metrics)
    {
    }
}

/// <summary>What a shop process gets from its pod.</summary>
/// <param name="Volume">What outlives the process: the pod's claim, shared by name.</param>
public sealed record ShopProcess(string PodName, PodHttp Http, ShopMetrics Metrics, Volume Volume, TimeProvider Clock, Action<string> Log)
{
    /// <summary>Whether the process runs or is held.</summary>
    public Freezer Runs { get; init; } = new();

    /// <summary>The container's <c>args</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}

/// <summary>A disk that outlives its pod.</summary>
public sealed class Volume
{
    private byte[] _bytes = [];

    public byte[] Read() => _bytes;

    public void Write(byte[] bytes) => _bytes = bytes;
}
