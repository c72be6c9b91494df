using System.Globalization;

namespace GameDay.Agent.Network.Rehearsing;

/// <summary>The two lines of /proc/self/status that decide what a process may do.</summary>
public sealed record ProcessStatus(int? Uid, ulong? Effective)
{
    private const int NetAdminBit = 12;
    private const int SysPtraceBit = 19;

    public bool? NetAdmin => Has(NetAdminBit);

    public bool? SysPtrace => Has(SysPtraceBit);

    /// <summary>Reads the file's text; null text knows nothing.</summary>
    public static ProcessStatus Read(string? text)
    {
        var uid = Words(text, "Uid:") is [_, _, var effective, ..] && int.TryParse(effective, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : (int?)null;
        var capabilities = Words(text, "CapEff:") is [_, var bits, ..] && ulong.TryParse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var set) ? set : (ulong?)null;
        return new ProcessStatus(uid, capabilities);
    }

    private bool? Has(int bit) => Effective is { } set ? (set >> bit & 1) == 1 : null;

    private static string[]? Words(string? text, string name) =>
        text?.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split((char[])['\t', ' '], StringSplitOptions.RemoveEmptyEntries);
}
