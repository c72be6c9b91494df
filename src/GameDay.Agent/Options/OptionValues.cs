using System.Globalization;
using System.Net;

namespace GameDay.Agent.Options;

/// <summary>How option values are read; each error names the option and the form it wants.</summary>
public static class OptionValues
{
    /// <summary>The injection's id: eight lower-case hexadecimal digits.</summary>
    public static string Id(this CommandLine line)
    {
        var id = line.Required("id");
        return id.Length == 8 && id.All(char.IsAsciiHexDigitLower)
            ? id
            : throw new UsageProblem($"--id must be 8 lower-case hex digits, not '{id}'");
    }

    /// <summary>A time such as 400ms, 30s or 1m30s; <paramref name="otherwise"/> when the option is absent.</summary>
    public static TimeSpan Duration(this CommandLine line, string name, TimeSpan? otherwise = null)
    {
        if (otherwise is { } value && line.Optional(name) is null)
            return value;
        var text = line.Required(name);
        return DurationText.TryParse(text, out var span)
            ? span
            : throw new UsageProblem($"--{name} must be a time such as 400ms, 30s or 1m30s, not '{text}'");
    }

    /// <summary>A duration above zero.</summary>
    public static TimeSpan PositiveDuration(this CommandLine line, string name) =>
        line.Duration(name) is { Ticks: > 0 } span ? span : throw new UsageProblem($"--{name} must be longer than zero");

    /// <summary>An RFC 3339 instant.</summary>
    public static DateTimeOffset Instant(this CommandLine line, string name)
    {
        var text = line.Required(name);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : throw new UsageProblem($"--{name} must be an RFC 3339 time such as 2026-01-31T12:00:00Z, not '{text}'");
    }

    /// <summary>One or more addresses, separated by commas.</summary>
    public static IReadOnlyList<IPAddress> Addresses(this CommandLine line, string name)
    {
        var words = line.Required(name).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0
            ? throw new UsageProblem($"--{name} names no address")
            : [.. words.Select(word => Address(name, word)).Distinct()];
    }

    /// <summary>The same, or none when the option is absent.</summary>
    public static IReadOnlyList<IPAddress> OptionalAddresses(this CommandLine line, string name) =>
        line.Optional(name) is null ? [] : line.Addresses(name);

    /// <summary>A percentage above 0 and up to 100, with or without its sign.</summary>
    public static double Percent(this CommandLine line, string name)
    {
        var text = line.Required(name);
        return double.TryParse(text.AsSpan().TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is > 0 and <= 100
            ? percent
            : throw new UsageProblem($"--{name} must be a percentage above 0 and up to 100, not '{text}'");
    }

    /// <summary>An address with a port, or null when the option is absent.</summary>
    public static IPEndPoint? OptionalEndPoint(this CommandLine line, string name) =>
        line.Optional(name) is not { } text ? null
        : IPEndPoint.TryParse(text, out var point) && point.Port > 0 ? point
        : throw new UsageProblem($"--{name} must be ip:port, not '{text}'");

    /// <summary>A TCP port, or null when the option is absent.</summary>
    public static int? OptionalPort(this CommandLine line, string name) =>
        line.Optional(name) is not { } text ? null
        : ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0 ? port
        : throw new UsageProblem($"--{name} must be a port from 1 to 65535, not '{text}'");

    private static IPAddress Address(string name, string word) =>
        IPAddress.TryParse(word, out var ip) ? ip : throw new UsageProblem($"--{name}: '{word}' is not an IP address");
}
