using System.Diagnostics;
using GameDay.Domain;
using GameDay.Web.CommandLine.Up;

namespace GameDay.Benchmarks.Stage;

/// <summary>A PostgreSQL of the stack's own that can be killed and started again.</summary>
internal sealed class DatabaseNode(Home home)
{
    private readonly string _data = home.Below("postgres");
    private readonly PrivatePostgres _postgres = new(PostgresBinaries.Find() ?? throw new StageFailed("PostgreSQL is missing: apt-get install postgresql"), home.Below("postgres"));

    public string ConnectionString => _postgres.ConnectionString();

    public async Task StartAsync(CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await _postgres.StartAsync(ct);
                return;
            }
            // Killed a moment ago, its children may still hold the shared memory.
            catch (RuleBroken) when (tries < 10) { await Task.Delay(500, ct); }
        }
    }

    /// <summary>SIGKILL for the postmaster; its children follow it.</summary>
    public void Kill()
    {
        var file = Path.Combine(_data, "data", "postmaster.pid");
        if (!File.Exists(file) || !int.TryParse(File.ReadLines(file).First(), out var pid)) return;
        try { Process.GetProcessById(pid).Kill(); }
        catch (ArgumentException) { return; } // gone already
    }

    public Task StopAsync() => _postgres.StopAsync(CancellationToken.None, "immediate");
}
