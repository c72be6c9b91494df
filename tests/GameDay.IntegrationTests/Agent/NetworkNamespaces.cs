using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace GameDay.IntegrationTests.Agent;

/// <summary>Two real network namespaces joined by a veth pair. Tests in here are skipped, with the reason, where the machine cannot do that.</summary>
public sealed partial class NetworkNamespaces : IDisposable
{
    public const string Peer = "10.77.0.2";

    /// <summary>Nothing listens there: the peer's kernel answers a connection attempt with a reset, which measures the way as well.</summary>
    public const string Probe = $"{Peer}:8080";

    private static int _made;
    private readonly string _near = $"gdn{Environment.ProcessId}-{Interlocked.Increment(ref _made)}";
    private readonly string _far = $"gdf{Environment.ProcessId}-{Interlocked.Increment(ref _made)}";
    private readonly List<string> _shims = [];

    public NetworkNamespaces()
    {
        Assert.SkipUnless(Environment.UserName == "root", "needs root to make network namespaces");
        Assert.SkipUnless(Succeeds("nft", "--version") && Succeeds("tc", "-V"), "needs nftables and iproute2");
        Assert.SkipUnless(Succeeds("ip", "netns", "add", _near), "this machine makes no network namespaces");
        Run("ip", "netns", "add", _far);
        Run("ip", "-n", _near, "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", _far);
        Run("ip", "-n", _near, "addr", "add", "10.77.0.1/24", "dev", "eth0");
        Run("ip", "-n", _far, "addr", "add", $"{Peer}/24", "dev", "eth0");
        foreach (var ns in new[] { _near, _far })
        {
            Run("ip", "-n", ns, "link", "set", "lo", "up");
            Run("ip", "-n", ns, "link", "set", "eth0", "up");
        }
    }

    /// <summary>Words that run a command in the near namespace.</summary>
    public string[] Near => ["ip", "netns", "exec", _near];

    public bool HasNetem()
    {
        var has = Succeeds("ip", "netns", "exec", _near, "tc", "qdisc", "add", "dev", "eth0", "root", "netem", "delay", "1ms");
        if (has)
            InNear("tc", "qdisc", "del", "dev", "eth0", "root");
        return has;
    }

    /// <summary>
    /// An environment whose <c>tc</c> puts a token bucket of 2 kbit/s where netem was asked for, so that each packet waits
    /// about 300 ms: everything but netem itself is then the real thing on kernels without it.
    /// </summary>
    public IReadOnlyDictionary<string, string> NetemStandIn()
    {
        var directory = Directory.CreateTempSubdirectory("gd-tc-").FullName;
        _shims.Add(directory);
        var shim = Path.Combine(directory, "tc");
        File.WriteAllText(shim, """
            #!/bin/bash
            words=()
            for word in "$@"; do
              if [ "$word" = netem ]; then words+=(tbf rate 2kbit burst 100 limit 100000); break; fi
              words+=("$word")
            done
            PATH=${PATH#*:} exec tc "${words[@]}"
            """);
        File.SetUnixFileMode(shim, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new Dictionary<string, string> { ["PATH"] = $"{directory}:{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin" };
    }

    public string InNear(params string[] words) => Run([.. Near, .. words]);

    /// <summary>Packets that have passed the one class of our root qdisc, and those that wait in it.</summary>
    public (long Sent, long Waiting) SlowClass()
    {
        var text = InNear("tc", "-s", "class", "show", "dev", "eth0");
        var numbers = Regex.Match(text, @"class htb \S+:2 .*?Sent \d+ bytes (?<sent>\d+) pkt.*?backlog \S+ (?<waiting>\d+)p", RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return numbers.Success
            ? (long.Parse(numbers.Groups["sent"].Value, CultureInfo.InvariantCulture), long.Parse(numbers.Groups["waiting"].Value, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"No class of ours in: {text}");
    }

    /// <summary>Exit code, standard output and standard error, for calls that may fail.</summary>
    public (int Exit, string Stdout, string Stderr) TryInNear(string stdin, params string[] words) => Try(stdin, [.. Near, .. words]);

    public void Dispose()
    {
        Succeeds("ip", "netns", "del", _near);
        Succeeds("ip", "netns", "del", _far);
        _shims.ForEach(directory => Directory.Delete(directory, recursive: true));
    }

    private static bool Succeeds(params string[] words)
    {
        try
        {
            return Try("", words).Exit == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static string Run(params string[] words)
    {
        var (exit, stdout, stderr) = Try("", words);
        return exit == 0 ? stdout : throw new InvalidOperationException($"{string.Join(' ', words)}: {stderr}");
    }

    private static (int Exit, string Stdout, string Stderr) Try(string stdin, params string[] words)
    {
        var start = new ProcessStartInfo(words[0], words[1..]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Write(stdin);
        process.StandardInput.Close();
        var stderr = process.StandardError.ReadToEndAsync();
        var stdout = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, stdout, stderr.GetAwaiter().GetResult());
    }
}
