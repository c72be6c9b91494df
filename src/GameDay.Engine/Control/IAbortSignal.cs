namespace GameDay.Engine.Control;

/// <summary>
/// How an abort that was heard reaches what goes on at this node: at once, whatever a run is doing (revert protocol, rule 12).
/// A port, so that a node which waits for its loop can be planted and has to be caught.
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
