namespace GameDay.Agent.Options;

/// <summary>A verb and its <c>--name value</c> pairs, read strictly: a word nobody asks for is a mistake, not noise.</summary>
public sealed class CommandLine
{
    public const string Usage = """
        usage: gameday-agent inject  --id 8hex --duration 30s --deadline-in 30s --not-after RFC3339
                                     [--to ip[,ip]] [--port N] [--probe ip:port] [--never ip[,ip]] and one of
                                     --delay 400ms [--jitter 20ms]
                                     --delay 400ms --by proxy --port N [--share 25]
                                     --loss 30 | --duplicate 5 | --corrupt 1
                                     --reorder 25 [--hold 10ms] | --rate 64kbit | --drop
               gameday-agent inject  --id 8hex --duration 30s --deadline-in 30s --not-after RFC3339
                                     --kill | --stop, of the process 1 it shares, or [--container ID] [--pid N]
               gameday-agent revert  --id 8hex [--process [--container ID] [--pid N]]
               gameday-agent status  --id 8hex [--probe ip:port] | [--process [--container ID] [--pid N]]
               gameday-agent rehearse [--id 8hex]
               gameday-agent connect --to ip:port [--timeout 1s] [--id 8hex]
               each takes [--kernel unix:/path]
        """;

    /// <summary>Options that stand for themselves, without a value.</summary>
    private static readonly string[] Flags = ["drop", "kill", "stop", "process"];

    private readonly Dictionary<string, string> _values;

    private CommandLine(string verb, Dictionary<string, string> values) => (Verb, _values) = (verb, values);

    /// <summary>The first word.</summary>
    public string Verb { get; }

    /// <summary>Reads <c>verb --name value --name=value</c>.</summary>
    public static CommandLine Parse(IReadOnlyList<string> args)
    {
        if (args.Count == 0 || args[0].StartsWith('-'))
            throw new UsageProblem("a verb is missing");
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; i < args.Count; i++)
        {
            var (name, value) = Split(args[i]);
            value ??= Flags.Contains(name) ? "" : ++i < args.Count ? args[i] : throw new UsageProblem($"--{name} needs a value");
            if (!values.TryAdd(name, value))
                throw new UsageProblem($"--{name} is given twice");
        }
        return new CommandLine(args[0], values);
    }

    /// <summary>A value that may be left out.</summary>
    public string? Optional(string name) => _values.GetValueOrDefault(name);

    /// <summary>A value that must be there.</summary>
    public string Required(string name) => Optional(name) ?? throw new UsageProblem($"{Verb} needs --{name}");

    /// <summary>Refuses anything but these names (and <c>--kernel</c>).</summary>
    public void Allow(params IReadOnlyCollection<string> names)
    {
        var unknown = _values.Keys.FirstOrDefault(key => key != "kernel" && !names.Contains(key));
        if (unknown is not null)
            throw new UsageProblem($"{Verb} does not know --{unknown}; it takes {string.Join(", ", names.Select(n => "--" + n))}");
    }

    private static (string Name, string? Value) Split(string word)
    {
        if (!word.StartsWith("--", StringComparison.Ordinal) || word.Length == 2)
            throw new UsageProblem($"'{word}' is not an option; options start with --");
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (word[2..], null) : (word[2..equals], word[(equals + 1)..]);
    }
}
