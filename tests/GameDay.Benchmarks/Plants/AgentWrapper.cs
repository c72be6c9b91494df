using GameDay.Benchmarks.Stage;

namespace GameDay.Benchmarks.Plants;

/// <summary>Planted defects of the agent: a script in its place that changes its words and hands over to it.</summary>
internal static class AgentWrapper
{
    public static readonly IReadOnlyDictionary<string, string> Plants = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        // Rule 2: it starts late and does not know that it is too late.
        ["no-not-after"] = """
            for ((i = 0; i < ${#words[@]}; i++)); do [ "${words[i]}" = --not-after ] && words[i+1]=2999-01-01T00:00:00Z; done
            """,
        // Rule 3: the kernel is told to keep the fault for an hour.
        ["no-kernel-timeout"] = """
            for ((i = 0; i < ${#words[@]}; i++)); do case "${words[i]}" in --duration | --deadline-in) words[i+1]=3600s ;; esac; done
            """,
    };

    public static string Write(Home home, string agent, string plant)
    {
        var script = home.Below("planted-agent");
        File.WriteAllText(script, string.Join('\n', "#!/bin/bash", "words=(\"$@\")", Plants[plant], $"exec '{agent}' \"${{words[@]}}\"", ""));
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return script;
    }
}
