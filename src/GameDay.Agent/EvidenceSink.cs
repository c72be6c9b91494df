namespace GameDay.Agent;

/// <summary>Where evidence goes: standard output, and the termination log so that proof needs neither exec nor logs.</summary>
public sealed class EvidenceSink(TextWriter output, string? terminationLog)
{
    /// <summary>The file the kubelet turns into the container's termination message, or null where there is none.</summary>
    public static string? TerminationLog() =>
        Environment.GetEnvironmentVariable("GAMEDAY_TERMINATION_LOG") is { Length: > 0 } named ? named
        : File.Exists("/dev/termination-log") ? "/dev/termination-log"
        : null;

    /// <summary>Writes one line; the termination log keeps the latest only.</summary>
    public void Write(Evidence evidence)
    {
        var line = evidence.ToJson();
        output.WriteLine(line);
        output.Flush();
        if (terminationLog is not null)
            Keep(terminationLog, line);
    }

    private static void Keep(string path, string line)
    {
        try
        {
            File.WriteAllText(path, line);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The line is on standard output already; a full disk must not keep a fault alive.
            Console.Error.WriteLine($"gameday-agent: termination log not written: {problem.Message}");
        }
    }
}
