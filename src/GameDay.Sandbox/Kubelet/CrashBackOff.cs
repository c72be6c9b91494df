namespace GameDay.Sandbox.Kubelet;

/// <summary>The growing pauses before a container that ended starts again: none, 10 s, 20 s, 40 s, … 5 min; anew after ten sound minutes.</summary>
internal sealed class CrashBackOff
{
    private const int MostDoublings = 6;
    private static readonly TimeSpan Sound = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private int _inARow;

    /// <param name="ran">How long the container ran before it ended.</param>
    public TimeSpan Next(TimeSpan ran)
    {
        _inARow = ran >= Sound ? 1 : _inARow + 1;
        return _inARow == 1 ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(_inARow - 2, MostDoublings)));
    }
}
