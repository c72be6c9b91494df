using System.Globalization;

namespace GameDay.Agent.Processes;

/// <summary>Reads <c>/proc</c> of the agent's own PID namespace.</summary>
internal static class ProcessTable
{
    private const string Pause = "pause";

    /// <summary>The target's processes by number, the first of them first.</summary>
    public static IReadOnlyList<ProcessRow> Read(ProcessScope scope)
    {
        var rows = All();
        var first = First(scope, rows);
        var found = new List<ProcessRow> { first };
        for (var i = 0; i < found.Count; i++)
            found.AddRange(rows.Where(row => row.Parent == found[i].Pid && !found.Contains(row)));
        return found;
    }

    /// <summary>The state of each thread of a process; empty when it is gone.</summary>
    public static IReadOnlyDictionary<int, string> Threads(int pid)
    {
        var threads = new Dictionary<int, string>();
        foreach (var task in Numbers($"/proc/{pid}/task"))
        {
            if (Row($"/proc/{pid}/task/{task}/stat") is { } row)
                threads[task] = row.State;
        }
        return threads;
    }

    /// <summary>Whether a state is that of one that only waits to be buried.</summary>
    public static bool HasEnded(string state) => state is "Z" or "X";

    /// <summary>Whether a thread is gone, ended, or has given back its memory on the way there.</summary>
    public static bool IsEnding(int pid, int thread) =>
        Row($"/proc/{pid}/task/{thread}/stat") is not { } row || HasEnded(row.State) || Text($"/proc/{pid}/task/{thread}/status")?.Contains("VmSize:", StringComparison.Ordinal) != true;

    /// <summary>Who traces a process; 0 for nobody.</summary>
    public static int TracerOf(int pid) =>
        Text($"/proc/{pid}/status")?.Split('\n').FirstOrDefault(line => line.StartsWith("TracerPid:", StringComparison.Ordinal)) is { } line
            ? int.Parse(line.AsSpan("TracerPid:".Length).Trim(), CultureInfo.InvariantCulture)
            : 0;

    /// <summary>The words a process was started with.</summary>
    public static string[] WordsOf(int pid) => Text($"/proc/{pid}/cmdline")?.Split('\0') ?? [];

    private static ProcessRow First(ProcessScope scope, List<ProcessRow> rows)
    {
        var first = scope switch
        {
            { Pid: { } pid } => rows.Find(row => row.Pid == pid) ?? throw new ProcessProblem($"there is no process {pid}"),
            { Container: { } container } => FirstOf(container, rows),
            _ => rows.Find(row => row.Pid == 1) ?? throw new ProcessProblem("there is no process 1"),
        };
        return first.Pid == Environment.ProcessId ? throw new ProcessProblem("process 1 is the agent itself: it does not share a container's processes (targetContainerName)")
            : first.Name == Pause && scope is { Pid: null, Container: null } ? throw new ProcessProblem("process 1 is the pod's pause process: name the container")
            : first;
    }

    private static ProcessRow FirstOf(string container, List<ProcessRow> rows)
    {
        var own = rows.Where(row => Text($"/proc/{row.Pid}/cgroup")?.Contains(container, StringComparison.Ordinal) == true).ToList();
        return own.Find(row => !own.Exists(other => other.Pid == row.Parent)) ?? throw new ProcessProblem($"no process of container {container} is to be seen");
    }

    private static List<ProcessRow> All() =>
        [.. Numbers("/proc").Select(pid => Row($"/proc/{pid}/stat")).OfType<ProcessRow>().Where(row => !HasEnded(row.State)).OrderBy(row => row.Pid)];

    private static IEnumerable<int> Numbers(string folder)
    {
        try
        {
            return [.. Directory.EnumerateDirectories(folder).Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!, CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            return []; // the process ended while it was looked at
        }
    }

    // 12 (name, maybe with spaces) S 1 …
    private static ProcessRow? Row(string path)
    {
        if (Text(path) is not { } text || text.LastIndexOf(')') is var end && end < 0)
            return null;
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var rest = text[(end + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new ProcessRow(int.Parse(text.AsSpan(0, open), CultureInfo.InvariantCulture), text[(open + 1)..end], rest[0], int.Parse(rest[1], CultureInfo.InvariantCulture), rest[19]);
    }

    private static string? Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null; // the process ended while it was looked at
        }
    }
}

/// <summary>One line of the process table.</summary>
/// <param name="Started">With the number it tells a process from a later one.</param>
internal sealed record ProcessRow(int Pid, string Name, string State, int Parent, string Started);
