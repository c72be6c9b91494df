using System.Globalization;

namespace GameDay.Sandbox;

/// <summary>Reads <c>--port N --data DIR [--agent PATH] [--subnet 127.20] [--exit-with-parent]</c>.</summary>
internal static class CommandLine
{
    public const string Usage = "usage: sandbox --port N --data DIR [--agent PATH] [--subnet 127.20] [--exit-with-parent]";
    private const string ExitWithParent = "--exit-with-parent";

    /// <summary>The options, or null with a sentence that says what is wrong.</summary>
    public static SandboxOptions? Parse(IReadOnlyList<string> args, out string wrong)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["--port"] = "0", ["--subnet"] = "" };
        var exitWithParent = args.Contains(ExitWithParent);
        args = [.. args.Where(a => a != ExitWithParent)];
        for (var i = 0; i < args.Count; i += 2)
        {
            if (args[i] is not ("--port" or "--data" or "--agent" or "--subnet") || i + 1 == args.Count)
            {
                wrong = $"sandbox: what is \"{args[i]}\"? {Usage}";
                return null;
            }

            values[args[i]] = args[i + 1];
        }

        wrong = Check(values);
        return wrong.Length > 0
            ? null
            : new SandboxOptions(
                int.Parse(values["--port"], CultureInfo.InvariantCulture),
                Path.GetFullPath(values["--data"]),
                values.GetValueOrDefault("--agent"),
                values["--subnet"],
                exitWithParent);
    }

    private static string Check(Dictionary<string, string> values)
    {
        if (!ushort.TryParse(values["--port"], NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return $"sandbox: --port {values["--port"]} is not a port. {Usage}";
        }

        if (!values.ContainsKey("--data"))
        {
            return $"sandbox: --data DIR is missing. {Usage}";
        }

        var subnet = values["--subnet"].Split('.');
        return subnet is [""] || (subnet is ["127", var second] && byte.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? ""
            : $"sandbox: --subnet must be 127.N, because everything stays on loopback; it is {values["--subnet"]}. {Usage}";
    }
}
