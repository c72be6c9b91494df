using System.Globalization;

namespace GameDay.Agent.Network;

/// <summary>What is read out of files below /proc.</summary>
public static class KernelFiles
{
    private const string Listening = "0A";

    /// <summary>Where Istio (sidecar, ambient) and Linkerd take connections over.</summary>
    public static IReadOnlyList<int> MeshPorts { get; } = [15001, 15008, 4140];

    private static readonly string[] MeshChains = ["ISTIO_", "PROXY_INIT_"];

    /// <summary>Chains of Istio's and Linkerd's making.</summary>
    public static bool IsMeshChain(string name) => Array.Exists(MeshChains, prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Major and minor of <c>6.1.0-18-amd64</c>.</summary>
    public static Version? Release(string text)
    {
        var parts = text.Trim().Split('.', '-', '+');
        return parts.Length >= 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            ? new Version(major, minor)
            : null;
    }

    /// <summary>The ports somebody listens on, from /proc/net/tcp or tcp6.</summary>
    public static IEnumerable<int> ListeningPorts(string text)
    {
        foreach (var line in text.Split('\n').Skip(1))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 3 && words[3] == Listening
                && int.TryParse(words[1].AsSpan(words[1].LastIndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var port))
                yield return port;
        }
    }
}
