namespace GameDay.Sandbox.Store;

/// <summary>What containers use, for <c>kubectl top</c>. Implemented by the kubelet.</summary>
public interface IUsageMeter
{
    UsageReading Read();
}

/// <summary>One reading.</summary>
/// <param name="Window">How long was measured.</param>
/// <param name="Pods">By the pod's uid; pods with nothing running are not in it.</param>
public sealed record UsageReading(DateTimeOffset At, TimeSpan Window, ILookup<string, ContainerUsage> Pods);

/// <summary>What one container used.</summary>
public sealed record ContainerUsage(string Name, double Cores, long Bytes);
