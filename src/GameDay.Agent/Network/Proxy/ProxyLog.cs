using System.Net;

namespace GameDay.Agent.Network.Proxy;

/// <summary>What the proxy saw of connections to one address: the probe's.</summary>
public sealed class ProxyLog
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<double> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile IPEndPoint? _watched;

    /// <summary>One came through the proxy.</summary>
    public Task Begun => _begun.Task;

    /// <summary>Milliseconds from being accepted to the answer of where it was going.</summary>
    public Task<double> Answered => _answered.Task;

    /// <summary>Looks for connections to this address from now on.</summary>
    public void Watch(IPEndPoint to) => _watched = to;

    /// <summary>A connection was accepted.</summary>
    public void Begin(IPEndPoint to)
    {
        if (to.Equals(_watched))
            _begun.TrySetResult();
    }

    /// <summary>It got its answer, if only a refusal.</summary>
    public void Answer(IPEndPoint to, double ms)
    {
        if (to.Equals(_watched))
            _answered.TrySetResult(ms);
    }
}
