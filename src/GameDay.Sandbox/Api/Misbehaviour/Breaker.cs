namespace GameDay.Sandbox.Api.Misbehaviour;

/// <summary>Breaks what is open now; what opens later is whole.</summary>
internal sealed class Breaker : IDisposable
{
    private readonly Lock gate = new();
    private CancellationTokenSource current = new();

    public CancellationToken Token
    {
        get
        {
            lock (gate)
            {
                return current.Token;
            }
        }
    }

    public void Break()
    {
        CancellationTokenSource old;
        lock (gate)
        {
            old = current;
            current = new CancellationTokenSource();
        }

        old.Cancel();
        old.Dispose();
    }

    public void Dispose() => current.Dispose();
}
