namespace GameDay.Benchmarks.Stage;

/// <summary>What goes on, on standard error with the time; figures go to standard output.</summary>
internal static class Progress
{
    public static void Say(string line) => Console.Error.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss} {line}");
}
