namespace GameDay.Web.CommandLine.Up;

/// <summary>Finds PostgreSQL's own programs: the newest below /usr/lib/postgresql, else on PATH.</summary>
public static class PostgresBinaries
{
    public static string? Find()
    {
        var packaged = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(Version).Select(d => Path.Combine(d, "bin"))
            : [];
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return packaged.Concat(onPath).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "postgres")));
    }

    private static int Version(string directory) => int.TryParse(Path.GetFileName(directory), out var v) ? v : 0;
}
