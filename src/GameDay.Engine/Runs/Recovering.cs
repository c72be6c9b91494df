using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Engine.Runs;

/// <summary>The fault is gone; waits until the system is well again, then judges the hypothesis.</summary>
internal sealed class Recovering(Journal journal, Recorder recorder, IDbContextFactory<GameDayDbContext> databases, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public async Task GoAsync(OwnedRun own, CancellationToken ct)
    {
        var touched = (await journal.ReadAsync(own, ct)).Injections.Any(i => i.SentAt is not null);
        var steady = !touched || await BecomesSteadyAsync(own, ct);
        while (!await recorder.FlushAsync(own, ct)) await Task.Delay(Look, clock, ct);
        var samples = await SamplesAsync(own, ct);
        await journal.WriteAsync(own, entry =>
        {
            if (entry.Run.State != RunState.Recovering) return;
            var (verdict, reason) = Judgement.Of(entry.Run, own.Experiment, samples, own.Blind);
            entry.Run.Judge(verdict, reason);
            if (steady && touched) entry.Run.RecoveredSeen(clock.GetUtcNow());
            entry.Run.Move(steady ? RunTrigger.Recovered : RunTrigger.NotRecoveredInTime, clock.GetUtcNow());
            if (!steady) entry.Say(EntryKind.RunState, $"{own.Title}: not back in steady state {own.Experiment.RecoverWithin.TotalSeconds:0} s after the revert: {own.Probes.Unsteady()}");
            entry.Say(EntryKind.RunState, $"{own.Title}: {Words(verdict)}. {reason}");
        }, ct);
    }

    /// <summary>Steady again within RecoverWithin, and for as long as policy asks; only readings after the revert count.</summary>
    private async Task<bool> BecomesSteadyAsync(OwnedRun own, CancellationToken ct)
    {
        var latest = own.Experiment.RecoverWithin + own.Policy.RecoveredFor;
        var began = clock.GetTimestamp();
        for (var since = TimeSpan.Zero; since < latest; since = clock.GetElapsedTime(began))
        {
            if (since >= own.Policy.RecoveredFor && own.Probes.SteadyFor(own.Policy.RecoveredFor)) return true;
            await Task.Delay(Look, clock, ct);
        }
        return false;
    }

    private async Task<List<ProbeSample>> SamplesAsync(OwnedRun own, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.ProbeSamples.AsNoTracking().Where(s => s.RunId == own.Id).OrderBy(s => s.At).ToListAsync(ct);
    }

    private static string Words(Verdict verdict) => verdict switch
    {
        Verdict.Held => "hypothesis held",
        Verdict.NotHeld => "hypothesis did not hold",
        Verdict.Inconclusive => "inconclusive",
        _ => "aborted",
    };
}
