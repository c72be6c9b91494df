using GameDay.Data;
using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.People;
using GameDay.Domain.Plugins;
using GameDay.Engine.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace GameDay.Engine.Control;

/// <param name="Recorded">False while PostgreSQL is away; it is written down when the database is back.</param>
/// <param name="Problems">Clusters whose halt object could not be put, each with why.</param>
public sealed record HaltOutcome(bool Recorded, IReadOnlyList<string> Problems);

/// <summary>
/// The big red button: every live exercise is aborted, what was planned is cancelled, the halt object is put into every cluster, and nothing
/// starts until it is released with a reason.
/// </summary>
public sealed partial class HaltSwitch
{
    private static readonly TimeSpan CommitFirst = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    private readonly IDbContextFactory<GameDayDbContext> _databases;
    private readonly Aborting _aborting;
    private readonly OwnedRuns _owned;
    private readonly ILedger _ledger;
    private readonly IClusters _clusters;
    private readonly TimeProvider _clock;
    private readonly ILogger<HaltSwitch> log;

    internal HaltSwitch(IDbContextFactory<GameDayDbContext> databases, Aborting aborting, OwnedRuns owned, ILedger ledger, IClusters clusters, TimeProvider clock, ILogger<HaltSwitch> log)
    {
        _databases = databases;
        _aborting = aborting;
        _owned = owned;
        _ledger = ledger;
        _clusters = clusters;
        _clock = clock;
        this.log = log;
    }

    public async Task<HaltOutcome> HaltAsync(Actor by, string? reason, CancellationToken ct)
    {
        var why = string.IsNullOrWhiteSpace(reason) ? "reason to follow" : reason;
        var objects = PutObjectsAsync($"{why} ({by.Name})", ct);
        var record = RecordAsync(by, why);
        await Task.WhenAny(record, Task.Delay(CommitFirst, _clock, ct));
        foreach (var run in _owned.All) run.Abort(new AbortOrder(by, $"Halt: {why}", WholeExercise: true));
        var problems = await objects;
        try
        {
            await record.WaitAsync(AnswerWithin, _clock, ct);
            return new HaltOutcome(true, problems);
        }
        catch (Exception e) when (ExerciseLock.IsConnectionLoss(e))
        {
            _ = Task.Run(() => RecordLaterAsync(record, by, why), CancellationToken.None);
            return new HaltOutcome(false, problems);
        }
    }

    /// <exception cref="RuleBroken">No reason, or a cluster whose halt object could not be removed: then Halt stays in force.</exception>
    public async Task ReleaseAsync(Actor by, string reason, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(reason)) throw new RuleBroken("ReleaseNeedsAReason", "Say why it is safe to go on; it is kept in the audit.");
        var problems = await InEveryClusterAsync(cluster => _ledger.SetHaltAsync(cluster, null, ct), ct);
        if (problems.Count > 0) throw new RuleBroken("HaltObjectStays", $"Halt stays in force, its object could not be removed: {string.Join("; ", problems)}");
        await using var db = await _databases.CreateDbContextAsync(ct);
        var installation = await db.Installations.SingleAsync(ct);
        db.Audit.Add(new AuditEntry(by.Shown, "halt released", "installation", installation.HaltReason, reason));
        installation.Release(reason, by.Name, _clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
    }

    private async Task RecordAsync(Actor by, string why)
    {
        await using var db = await _databases.CreateDbContextAsync();
        var installation = await db.Installations.SingleAsync();
        db.Audit.Add(new AuditEntry(by.Shown, "halt engaged", "installation", installation.HaltEngaged ? "engaged" : "released", why));
        installation.Halt(why, by.Name, _clock.GetUtcNow());
        await db.SaveChangesAsync();
        var live = await db.Exercises.AsNoTracking().Where(e => e.State == ExerciseState.Running || e.State == ExerciseState.Paused).Select(e => e.Id).ToListAsync();
        foreach (var id in live) await AbortAsync(id, by, why);
    }

    private async Task AbortAsync(Guid id, Actor by, string why)
    {
        try
        {
            await _aborting.ExerciseAsync(id, by, $"Halt: {why}", CancellationToken.None);
        }
        catch (RuleBroken refusal)
        {
            // It ended by itself meanwhile; Halt goes on with the others.
            NotAborted(id, refusal.Message);
        }
    }

    /// <summary>The object in each cluster keeps everything halted meanwhile.</summary>
    private async Task RecordLaterAsync(Task first, Actor by, string why)
    {
        for (var record = first; ; record = RecordAsync(by, why))
        {
            try
            {
                await record;
                return;
            }
            catch (Exception e) when (ExerciseLock.IsConnectionLoss(e))
            {
                RecordedLater(e.Message);
            }
            catch (ObjectDisposedException)
            {
                NeverRecorded();
                return;
            }
            await Task.Delay(AskAgain, _clock);
        }
    }

    private Task<IReadOnlyList<string>> PutObjectsAsync(string why, CancellationToken ct) => InEveryClusterAsync(cluster => _ledger.SetHaltAsync(cluster, why, ct), ct);

    private async Task<IReadOnlyList<string>> InEveryClusterAsync(Func<string, Task> act, CancellationToken ct)
    {
        var said = await Task.WhenAll(_clusters.All.Select(async cluster =>
        {
            try
            {
                await act(cluster.Name).WaitAsync(TimeSpan.FromSeconds(10), _clock, ct);
                return null;
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                return $"{cluster.Name}: {e.Message}";
            }
        }));
        return [.. said.OfType<string>()];
    }

    [LoggerMessage(LogLevel.Warning, "Halt waits for the database to be written down: {Problem}")]
    private partial void RecordedLater(string problem);

    [LoggerMessage(LogLevel.Warning, "This process ends before Halt could be written down; its object in each cluster stays")]
    private partial void NeverRecorded();

    [LoggerMessage(LogLevel.Information, "Halt did not abort exercise {Exercise}: {Why}")]
    private partial void NotAborted(Guid exercise, string why);
}
