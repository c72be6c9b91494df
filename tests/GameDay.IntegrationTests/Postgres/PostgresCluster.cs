using System.Diagnostics;
using Npgsql;

namespace GameDay.IntegrationTests.Postgres;

/// <summary>A real PostgreSQL of our own: private directory, unix socket, no TCP, no password. It can be stopped and started like a machine's.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("gd-pg-").FullName;
    private readonly string _bin = Binaries();
    private Process? _server;

    private string Data => Path.Combine(_root, "data");

    private bool _made;

    public async Task StartAsync()
    {
        if (!_made) await InitAsync();
        _made = true;
        _server = Process.Start(Command("postgres", "-D", Data, "-k", _root, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=200"))!;
        _ = _server.StandardError.ReadToEndAsync();
        _ = _server.StandardOutput.ReadToEndAsync();
        await UntilAnsweringAsync();
    }

    /// <summary>Fast shutdown: sessions are cut, data is kept.</summary>
    public async Task StopAsync()
    {
        if (_server is null) return;
        await RunAsync(Command("pg_ctl", "stop", "-D", Data, "-m", "fast", "-w"));
        await _server.WaitForExitAsync();
        _server.Dispose();
        _server = null;
    }

    /// <summary>Where it listens: a unix socket.</summary>
    public string Socket => Path.Combine(_root, ".s.PGSQL.5432");

    public string ConnectionString(string database) => $"Host={_root};Username=gameday;Database={database};Maximum Pool Size=30;Timeout=5;Command Timeout=10";

    public async Task ExecuteAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString(database) + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_root, recursive: true);
    }

    private async Task InitAsync()
    {
        Directory.CreateDirectory(Data);
        if (Environment.IsPrivilegedProcess) await RunAsync(new ProcessStartInfo("chown", ["-R", "nobody:nogroup", _root]));
        await RunAsync(Command("initdb", "-D", Data, "-U", "gameday", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"));
    }

    // PostgreSQL refuses to run as root.
    private ProcessStartInfo Command(string program, params string[] arguments) => Environment.IsPrivilegedProcess
        ? new ProcessStartInfo("setpriv", ["--reuid=nobody", "--regid=nogroup", "--clear-groups", Path.Combine(_bin, program), .. arguments]) { WorkingDirectory = _root, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true }
        : new ProcessStartInfo(Path.Combine(_bin, program), arguments) { WorkingDirectory = _root, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };

    private async Task UntilAnsweringAsync()
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await ExecuteAsync("postgres", "SELECT 1");
                return;
            }
            catch (NpgsqlException) when (waited.Elapsed < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(20);
            }
        }
    }

    private static async Task RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        // pg_ctl's server child may keep the pipe: read what is there, wait for the program only.
        var said = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} failed: {await said}");
    }

    private static string Binaries()
    {
        var found = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).LastOrDefault() : null;
        return found is null ? throw new InvalidOperationException("These tests need PostgreSQL: apt-get install postgresql") : Path.Combine(found, "bin");
    }
}
