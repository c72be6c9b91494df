using GameDay.Sandbox.Network;

namespace GameDay.Sandbox.Kubelet;

/// <summary>Who holds a container's process stopped. A process has one tracer, and runs on when that goes.</summary>
internal sealed class ProcessHold
{
    private readonly Lock _gate = new();
    private Freezer? _process;
    private Action _released = () => { };

    /// <summary>The injection that holds it; null when nobody does.</summary>
    public string? By { get; private set; }

    /// <summary>False when somebody holds it already.</summary>
    /// <param name="released">Called when the hold ends otherwise than by the returned handle.</param>
    public IDisposable? Take(Freezer process, string by, Action released)
    {
        lock (_gate)
        {
            if (By is not null)
            {
                return null;
            }

            (_process, By, _released) = (process, by, released);
            process.Stop();
            return new Handle(() => End(process));
        }
    }

    /// <summary>Makes this injection let go, or, with null, whoever it is.</summary>
    public void Release(string? by)
    {
        Action released;
        lock (_gate)
        {
            if (By is null || (by is not null && By != by))
            {
                return;
            }

            released = _released;
            End(_process!);
        }

        released();
    }

    private void End(Freezer process)
    {
        lock (_gate)
        {
            if (_process == process)
            {
                (_process, By) = (null, null);
                process.Continue();
            }
        }
    }

    private sealed class Handle(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
