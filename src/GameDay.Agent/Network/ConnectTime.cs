using System.Net;
using GameDay.Agent.Kernel;

namespace GameDay.Agent.Network;

/// <summary>Measures by traffic: the median TCP connect time to an address.</summary>
public sealed class ConnectTime(IKernel kernel)
{
    private const int Samples = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Milliseconds, or null without a probe address or without an answer.</summary>
    public async Task<double?> MeasureAsync(IPEndPoint? probe, TimeSpan hold, CancellationToken ct)
    {
        if (probe is null)
            return null;
        var times = new List<double>();
        for (var sample = 0; sample < Samples; sample++)
        {
            var result = await kernel.ConnectAsync(probe, Patience + hold, ct);
            if (!result.Answered)
                return null;
            times.Add(result.Ms);
        }
        times.Sort();
        return Math.Round(times[Samples / 2], 3);
    }
}
