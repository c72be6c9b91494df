namespace GameDay.Web.CommandLine;

/// <summary>Exit codes of every command (design §7); the worst wins: Leak, Internal, Refused, NotHeld.</summary>
public static class ExitCode
{
    public const int Held = 0;
    public const int NotHeld = 1;
    public const int Refused = 2;
    public const int Leak = 3;
    public const int Internal = 4;
    public const int Interrupted = 130;

    private static readonly int[] WorstFirst = [Leak, Internal, Refused, NotHeld, Held];

    public static int Worst(params IEnumerable<int> codes)
    {
        var all = codes.ToHashSet();
        return WorstFirst.FirstOrDefault(all.Contains, Held);
    }
}
