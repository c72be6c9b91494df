using GameDay.Domain;

namespace GameDay.Web.CommandLine.Up;

/// <summary>
/// GameDay's own PostgreSQL: private data directory, unix socket only, no TCP, no password. The machine's own cluster is left alone.
/// PostgreSQL refuses root, so root hands it to the user nobody.
/// </summary>
public sealed class PrivatePostgres(string binaries, string home)
{
    private static readonly string[] AsNobody = ["--reuid=nobody", "--regid=nogroup", "--clear-groups"];

    private string Data => Path.Combine(home, "data");
    // A socket's path must stay below 108 characters, and a clone may lie deep: sockets live in the temporary directory.
    private string Sockets { get; } = Path.Combine(Path.GetTempPath(), $"gameday-pg-{Fingerprint.Of(home)}");
    private static bool IsRoot => Environment.UserName == "root";

    public string ConnectionString(string database = "gameday") => $"Host={Sockets};Username=gameday;Database={database};Maximum Pool Size=40";

    /// <summary>Initialises when new, starts when stopped, creates the database when missing.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        await OwnAsync(home, ct);
        await OwnAsync(Sockets, ct);
        if (!await ExistsAsync(ct))
            Refuse(await RunAsync("initdb", ["-D", Data, "-U", "gameday", "-A", "trust", "-E", "UTF8", "--no-sync", "--no-locale"], ct), "could not initialise its data directory");
        if (!await IsRunningAsync(ct))
            Refuse(await RunAsync("pg_ctl", ["-D", Data, "-l", Path.Combine(home, "log"), "-w", "-t", "30", "-o", Settings, "start"], ct), "did not start", await LogTailAsync(ct));
        await CreateDatabaseAsync(ct);
    }

    public async Task StopAsync(CancellationToken ct, string mode = "fast") => await RunAsync("pg_ctl", ["-D", Data, "-m", mode, "-w", "stop"], ct);

    public async Task<bool> IsRunningAsync(CancellationToken ct) => (await RunAsync("pg_ctl", ["-D", Data, "status"], ct)).Worked;

    private string Settings => $"-c listen_addresses='' -c unix_socket_directories='{Sockets}' -c shared_buffers=64MB -c max_connections=200 -c jit=off";

    private async Task<bool> ExistsAsync(CancellationToken ct) => (await AsOwnerAsync("test", ["-f", Path.Combine(Data, "PG_VERSION")], ct)).Worked;

    private async Task CreateDatabaseAsync(CancellationToken ct)
    {
        var created = await RunAsync("createdb", ["-h", Sockets, "-U", "gameday", "gameday"], ct);
        if (!created.Worked && !created.Error.Contains("already exists", StringComparison.Ordinal)) Refuse(created, "could not create the database");
    }

    private static async Task OwnAsync(string directory, CancellationToken ct)
    {
        if (!Directory.Exists(directory)) Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (IsRoot) await Shell.RunAsync("chown", ["nobody:nogroup", directory], ct);
    }

    private async Task<string> LogTailAsync(CancellationToken ct) => (await AsOwnerAsync("tail", ["-n", "5", Path.Combine(home, "log")], ct)).Output.Trim();

    private Task<Shell.Result> RunAsync(string program, string[] arguments, CancellationToken ct) => AsOwnerAsync(Path.Combine(binaries, program), arguments, ct);

    private static Task<Shell.Result> AsOwnerAsync(string program, string[] arguments, CancellationToken ct) =>
        IsRoot ? Shell.RunAsync("setpriv", [.. AsNobody, program, .. arguments], ct) : Shell.RunAsync(program, arguments, ct);

    private static void Refuse(Shell.Result result, string what, string log = "")
    {
        if (result.Worked) return;
        var cause = string.Join(' ', (log.Length > 0 ? log : result.Error).Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(3));
        throw new RuleBroken("PostgreSQL", $"PostgreSQL {what}: {cause}");
    }
}
