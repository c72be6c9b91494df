namespace GameDay.Web.CommandLine.Up;

/// <summary>Programs of others on PATH.</summary>
public static class Programs
{
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(d => Path.Combine(d, name)).FirstOrDefault(File.Exists);

    /// <summary>Whether these bytes are in the program: what it was built with, where it has no way to say so.</summary>
    public static bool Contains(string program, ReadOnlySpan<byte> bytes)
    {
        using var file = File.OpenRead(program);
        var window = new byte[1 << 20];
        for (int kept = 0, read; (read = file.Read(window, kept, window.Length - kept)) > 0;)
        {
            var filled = window.AsSpan(0, kept + read);
            if (filled.IndexOf(bytes) >= 0) return true;
            kept = Math.Min(bytes.Length - 1, filled.Length);
            filled[^kept..].CopyTo(window);
        }
        return false;
    }
}
