namespace GameDay.Engine.Control;

/// <summary>
/// How an abort that was heard reaches what goes on at this node: at once, whatever a run is doing (revert protocol, rule 12). The
/// bench puts another in its place to prove that a node which waits for its loop is caught.
/// </summary>
public interface IAbortSignal
{
    /// <summary>Interrupts a step, or reverts another node's run.</summary>
    void Raise(Action endNow);
}

internal sealed class AtOnce : IAbortSignal
{
    public void Raise(Action endNow) => endNow();
}
