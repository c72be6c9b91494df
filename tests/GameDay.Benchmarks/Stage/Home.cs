namespace GameDay.Benchmarks.Stage;

/// <summary>A temporary directory of one stack. PostgreSQL runs as nobody when we are root, who must be able to walk there.</summary>
internal sealed class Home : IDisposable
{
    public Home()
    {
        Path = Directory.CreateTempSubdirectory("gdb-").FullName;
        File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    public string Path { get; }

    /// <summary>Logs of what went wrong are kept for reading.</summary>
    public bool Keep { get; set; }

    public string Log(string name) => System.IO.Path.Combine(Path, $"{name}.log");

    public string Below(params ReadOnlySpan<string> names) => System.IO.Path.Combine([Path, .. names]);

    public void Dispose()
    {
        if (Keep) Console.Error.WriteLine($"Logs are kept in {Path}");
        else Directory.Delete(Path, recursive: true);
    }
}
