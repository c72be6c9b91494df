namespace GameDay.Web.CommandLine.Up;

/// <summary>Where things lie in a clone: the state directory and the built programs beside this one.</summary>
public sealed class Layout(string root)
{
    private const string Configuration =
#if DEBUG
        "Debug";
#else
        "Release";
#endif

    public static Layout FromEnvironment() => new(Environment.GetEnvironmentVariable("GAMEDAY_ROOT") ?? FindRoot(AppContext.BaseDirectory));

    public string Root { get; } = root;
    /// <summary>All that GameDay keeps on this machine; may be moved with GAMEDAY_HOME.</summary>
    public string State { get; } = Environment.GetEnvironmentVariable("GAMEDAY_HOME") is { Length: > 0 } home ? Path.GetFullPath(home) : Path.Combine(root, ".gameday");
    public string Logs => Path.Combine(State, "logs");
    public string Lock => Path.Combine(State, "up.lock");
    public string Running => Path.Combine(State, "up.json");
    public string Token => Path.Combine(State, "api.token");
    public string SandboxKubeconfig => Path.Combine(State, "sandbox.kubeconfig");
    public string App => Path.Combine(AppContext.BaseDirectory, "GameDay.Web.dll");
    public string Sandbox => Path.Combine(Root, "src/GameDay.Sandbox/bin", Configuration, "net10.0/GameDay.Sandbox.dll");
    public string Reaper => Path.Combine(Root, "src/GameDay.Reaper/bin", Configuration, "net10.0/gameday-reaper.dll");

    /// <summary>Published by eng/publish-agent.sh: native where a compiler is, else on the runtime.</summary>
    public string Agent => Path.Combine(Root, ".gameday/agent/gameday-agent");

    /// <summary>PostgreSQL's home. Root runs it as nobody, who must be able to walk to it.</summary>
    public string PostgresHome => CanNobodyWalkTo(State) ? Path.Combine(State, "postgres") : Path.Combine("/var/lib/gameday", Fingerprint.Of(State));

    private static bool CanNobodyWalkTo(string directory)
    {
        if (Environment.UserName != "root") return true;
        for (var d = new DirectoryInfo(directory); d is not null; d = d.Parent)
            if (d.Exists && !d.UnixFileMode.HasFlag(UnixFileMode.OtherExecute)) return false;
        return true;
    }

    private static string FindRoot(string from)
    {
        for (var d = new DirectoryInfo(from); d is not null; d = d.Parent)
            if (File.Exists(Path.Combine(d.FullName, "GameDay.sln"))) return d.FullName;
        return Directory.GetCurrentDirectory();
    }
}
