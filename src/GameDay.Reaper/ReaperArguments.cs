using System.Globalization;

namespace GameDay.Reaper;

/// <summary>The command line. Without <c>--kubeconfig</c> it uses the service account of its pod; KUBECONFIG is never read.</summary>
internal sealed record ReaperArguments
{
    public const string Usage =
        """
        usage: gameday-reaper [--kubeconfig FILE [--context NAME]] [--namespace gameday] [--installation ID]
                              [--name NAME] [--node NODE] [--namespaces a,b] [--kinds a,b]
                              [--quiet-seconds 20] [--grace-seconds 3] [--agent-image IMAGE] [--exit-with-parent]
        Ends GameDay's faults when nobody else does. --installation: whose; by default that of the first which injected here.
        """;

    private const string ExitFlag = "--exit-with-parent";

    private static readonly string[] Known =
        ["--kubeconfig", "--context", "--namespace", "--installation", "--name", "--node", "--namespaces", "--kinds", "--quiet-seconds", "--grace-seconds", "--agent-image"];

    public string? Kubeconfig { get; private init; }
    public string? Context { get; private init; }
    public string Namespace { get; private init; } = "gameday";
    public string? Installation { get; private init; }
    public required string Name { get; init; }
    public string? Node { get; private init; }
    public IReadOnlyList<string> Namespaces { get; private init; } = [];
    public IReadOnlyList<string> Kinds { get; private init; } = [];
    public TimeSpan Quiet { get; private init; } = TimeSpan.FromSeconds(20);
    public TimeSpan Grace { get; private init; } = TimeSpan.FromSeconds(3);
    public string? AgentImage { get; private init; }
    public bool ExitWithParent { get; private init; }

    /// <summary>Null with a sentence that says what is wrong.</summary>
    public static ReaperArguments? Parse(IReadOnlyList<string> args, Func<string, string?> environment, out string wrong)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var words = args.Where(a => a != ExitFlag).ToList();
        for (var i = 0; i < words.Count; i += 2)
        {
            if (!Known.Contains(words[i], StringComparer.Ordinal) || i + 1 == words.Count)
            {
                wrong = $"gameday-reaper: what is \"{words[i]}\"?\n{Usage}";
                return null;
            }
            values[words[i]] = words[i + 1];
        }

        wrong = Wrong(values);
        return wrong.Length > 0 ? null : Read(values, environment, args.Contains(ExitFlag));
    }

    private static string Wrong(Dictionary<string, string> values) =>
        values.ContainsKey("--context") && !values.ContainsKey("--kubeconfig") ? $"gameday-reaper: --context needs --kubeconfig.\n{Usage}"
        : values.Any(v => v.Key.EndsWith("-seconds", StringComparison.Ordinal) && !(Seconds(v.Value) is >= 0 and <= 3600)) ? $"gameday-reaper: seconds are a number from 0 to 3600.\n{Usage}"
        : "";

    private static ReaperArguments Read(Dictionary<string, string> values, Func<string, string?> environment, bool exitWithParent) => new()
    {
        Kubeconfig = values.GetValueOrDefault("--kubeconfig"),
        Context = values.GetValueOrDefault("--context"),
        Namespace = values.GetValueOrDefault("--namespace", "gameday"),
        Installation = values.GetValueOrDefault("--installation") is { Length: > 0 } given ? given : null,
        Name = DnsLabel(values.GetValueOrDefault("--name") ?? environment("HOSTNAME") ?? Environment.MachineName),
        Node = values.GetValueOrDefault("--node") ?? environment("NODE_NAME"),
        Namespaces = List(values, "--namespaces"),
        Kinds = List(values, "--kinds"),
        Quiet = TimeSpan.FromSeconds(Seconds(values.GetValueOrDefault("--quiet-seconds", "20"))!.Value),
        Grace = TimeSpan.FromSeconds(Seconds(values.GetValueOrDefault("--grace-seconds", "3"))!.Value),
        AgentImage = values.GetValueOrDefault("--agent-image"),
        ExitWithParent = exitWithParent,
    };

    private static string[] List(Dictionary<string, string> values, string name) =>
        values.GetValueOrDefault(name, "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static double? Seconds(string text) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    private static string DnsLabel(string text) =>
        new string([.. text.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-').Take(40)]).Trim('-') is { Length: > 0 } label ? label : "reaper";
}
