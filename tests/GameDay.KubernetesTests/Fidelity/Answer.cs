using System.Text.RegularExpressions;
using GameDay.KubernetesTests.Servers;

namespace GameDay.KubernetesTests.Fidelity;

/// <summary>What kubectl said, without what differs between any two clusters: ages, uids, versions, times, addresses, drawn names.</summary>
internal sealed record Answer(string Command, int Code, string Said)
{
    private static readonly (Regex What, string Mask)[] Masks =
    [
        (Pattern(@"https://127\.0\.0\.1:\d+"), "SERVER"),
        (Pattern(@"/tmp/(LIVE|MERGED)-\d+"), "/tmp/$1"),
        (Pattern(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)? \+0000( UTC)?"), "TIME"),
        (Pattern("^@@ .* @@"), "@@"),
        (Pattern("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "UID"),
        (Pattern(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"), "TIME"),
        (Pattern(@"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}"), "TIME"),
        (Pattern("(resourceVersion\"?: ?)\"\\d+\""), "$1RV"),
        (Pattern(@"\b(web|store)-[a-z0-9]{6,10}-[a-z0-9]{5}\b"), "$1-HASH-POD"),
        (Pattern(@"\b(web|store)-[bcdfghjklmnpqrstvwxz2456789]{6,10}\b"), "$1-HASH"),
        (Pattern(@"(pod-template-hash[=:] ?)[a-z0-9]+"), "$1HASH"),
        (Pattern(@"\bnode-[a-z]?\d+\b"), "NODE"),
        (Pattern(@"\b\d+\.\d+\.\d+\.\d+\b(?!/)"), "IP"),
        (Pattern(@"(?<=\s|^)(\d+[dhms]){1,2}(?=\s|$)"), "AGE"),
        (Pattern("  +|\t"), " "),
        (Pattern(" +(?=\n|$)"), ""),
    ];

    public static async Task<Answer> OfAsync(string kubeconfig, string node, string command)
    {
        var parts = command.Split(" < ");
        var input = parts.Length > 1 ? await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Fidelity", parts[1])) : null;
        var done = await Kubectl.RunAsync(kubeconfig, parts[0].Replace("NODE", node, StringComparison.Ordinal), input);
        return new(command, done.Code, Masked(command, done.Output + done.Error));
    }

    public override string ToString() => $"exit {Code}\n{Said}";

    private static string Masked(string command, string said)
    {
        foreach (var (what, mask) in Masks)
            said = what.Replace(said, mask);
        // How often it looked and what it saw on the way is chance; the order of names that were drawn is, too.
        if (command.StartsWith("rollout status", StringComparison.Ordinal))
            said = said.TrimEnd('\n').Split('\n')[^1];
        return said.TrimEnd('\n');
    }

    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.Multiline, TimeSpan.FromSeconds(5));
}
