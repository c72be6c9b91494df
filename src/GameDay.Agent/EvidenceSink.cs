namespace GameDay.Agent;

/// <summary>Where evidence goes: standard output, and the termination log so that proof needs neither exec nor logs.</summary>
public sealed class EvidenceSink(TextWriter output, string? terminationLog)
{
    /// <summary>The file the kubelet turns into the container's termination message, or null where there is none.</summary>
    public static string? TerminationLog() =>
        Environment.GetEnvironmentVariable("GAMEDAY_TERMINATION_LOG") is { Length: > 0 } named ? named
        : File.Exists("/dev/termination-log") ? "/dev/termination-log"
        : null;

    /// <summary>
    /// Writes one line. The termination log keeps the latest word of the process that holds the fault: another verb,
    /// exec'd into the same container, speaks there only if nobody has.
    /// </summary>
    public void Write(Evidence evidence)
    {
        var line = evidence.ToJson();
        Print(line);
        if (terminationLog is not null && (evidence.Verb == "inject" || Kept() is null))
            Keep(terminationLog, line);
    }

    /// <summary>What the termination log says so far, if it is evidence.</summary>
    public Evidence? Kept()
    {
        try
        {
            return File.Exists(terminationLog) ? Evidence.Parse(File.ReadAllText(terminationLog)) : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"gameday-agent: termination log not read: {problem.Message}");
            return null;
        }
    }

    private void Print(string line)
    {
        try
        {
            output.WriteLine(line);
            output.Flush();
        }
        catch (IOException problem)
        {
            // Nobody reads along any more; the fault and its end do not depend on it.
            Console.Error.WriteLine($"gameday-agent: standard output not written: {problem.Message}");
        }
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
