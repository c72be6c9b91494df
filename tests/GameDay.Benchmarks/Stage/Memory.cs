using System.Globalization;

namespace GameDay.Benchmarks.Stage;

/// <summary>Memory of a process as the kernel counts it, in MB.</summary>
internal static class Memory
{
    /// <summary>The most it ever held.</summary>
    public static double Peak(int pid) => Of(pid, "VmHWM:");

    public static double Now(int pid) => Of(pid, "VmRSS:");

    /// <summary>NaN when the process is gone.</summary>
    private static double Of(int pid, string field)
    {
        try
        {
            var line = File.ReadLines($"/proc/{pid}/status").FirstOrDefault(l => l.StartsWith(field, StringComparison.Ordinal));
            return line is null ? double.NaN : double.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException) { return double.NaN; }
    }
}
