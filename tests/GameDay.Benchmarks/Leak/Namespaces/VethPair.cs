using GameDay.Benchmarks.Stage;
using GameDay.Web.CommandLine.Up;

namespace GameDay.Benchmarks.Leak.Namespaces;

/// <summary>Two network namespaces joined by a veth pair. Nothing listens in the far one: its kernel answers with a reset, which shows that the way is open.</summary>
internal sealed class VethPair : IAsyncDisposable
{
    public const string Peer = "10.78.0.2";
    private const string OpenTcp = $"exec 3<>/dev/tcp/{Peer}/8080";
    private const int TimedOut = 124;
    private static int _made;
    private readonly string _near = $"gdbn{Environment.ProcessId}-{Interlocked.Increment(ref _made)}";
    private readonly string _far = $"gdbf{Environment.ProcessId}-{_made}";

    /// <summary>Null where this machine can do it.</summary>
    public static async Task<string?> WhyNotAsync(CancellationToken ct)
    {
        if (Environment.UserName != "root") return "needs root to make network namespaces";
        if (!(await TryAsync(ct, "nft", "--version")).Worked) return "needs nftables";
        var name = $"gdbt{Environment.ProcessId}";
        var made = await TryAsync(ct, "ip", "netns", "add", name);
        await TryAsync(ct, "ip", "netns", "del", name);
        return made.Worked ? null : "this machine makes no network namespaces";
    }

    public static async Task<VethPair> CreateAsync(CancellationToken ct)
    {
        var pair = new VethPair();
        await MustAsync(ct, "ip", "netns", "add", pair._near);
        await MustAsync(ct, "ip", "netns", "add", pair._far);
        await MustAsync(ct, "ip", "-n", pair._near, "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", pair._far);
        await MustAsync(ct, "ip", "-n", pair._near, "addr", "add", "10.78.0.1/24", "dev", "eth0");
        await MustAsync(ct, "ip", "-n", pair._far, "addr", "add", $"{Peer}/24", "dev", "eth0");
        foreach (var ns in new[] { pair._near, pair._far }) await MustAsync(ct, "ip", "-n", ns, "link", "set", "eth0", "up");
        return pair;
    }

    public IReadOnlyList<string> Near => ["ip", "netns", "exec", _near];

    /// <summary>Judged by traffic: a new connection is answered, or nothing comes back.</summary>
    public async Task<bool> IsOpenAsync(CancellationToken ct) =>
        (await TryAsync(ct, [.. Near, "timeout", "0.7", "bash", "-c", OpenTcp])).ExitCode != TimedOut;

    /// <summary>Judged by nft: a table of ours with a living set element.</summary>
    public async Task<bool> HasLiveTableAsync(CancellationToken ct)
    {
        var listed = (await TryAsync(ct, [.. Near, "nft", "list", "ruleset"])).Output;
        return listed.Contains("table inet gameday_", StringComparison.Ordinal) && listed.Contains("elements = {", StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await TryAsync(CancellationToken.None, "ip", "netns", "del", _near);
        await TryAsync(CancellationToken.None, "ip", "netns", "del", _far);
    }

    private static async Task MustAsync(CancellationToken ct, params string[] words)
    {
        var result = await TryAsync(ct, words);
        if (!result.Worked) throw new StageFailed($"{string.Join(' ', words)}: {result.Error}");
    }

    private static async Task<Shell.Result> TryAsync(CancellationToken ct, params string[] words)
    {
        try { return await Shell.RunAsync(words[0], words[1..], ct); }
        catch (System.ComponentModel.Win32Exception missing) { return new Shell.Result(127, "", missing.Message); }
    }
}
