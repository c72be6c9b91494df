using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Engine.Leases;
using GameDay.Engine.Probes;

namespace GameDay.Engine.Runs;

/// <summary>Carries readings and probe entries from memory to the database once a second; what cannot be written yet waits in memory.</summary>
internal sealed class Recorder(SampleWriter writer, Journal journal, TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    public async Task KeepWritingAsync(OwnedRun own, CancellationToken ct)
    {
        try
        {
            while (!ct.IsCancellationRequested)
            {
                await Task.Delay(Every, clock, ct);
                await FlushAsync(own, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The journey ended; it flushes the rest itself.
        }
        catch (LeaseLost)
        {
            // The new owner reads its own probes.
        }
    }

    /// <returns>False when the database is away; nothing is lost.</returns>
    public async Task<bool> FlushAsync(OwnedRun own, CancellationToken ct)
    {
        var (samples, entries) = own.Probes.TakeNew();
        IReadOnlyList<ProbeSample> unwritten = samples;
        try
        {
            await writer.WriteAsync(own.Id, own.Lease.Epoch, samples, ct);
            unwritten = [];
            if (entries.Count > 0) await journal.WriteAsync(own, entry => { foreach (var (kind, text) in entries) entry.Say(kind, text); }, ct);
            else if (samples.Count > 0) await writer.TellAsync(own.ExerciseId, ct);
            return true;
        }
        catch (Exception e) when (ExerciseLock.IsConnectionLoss(e) || e is OperationCanceledException)
        {
            own.Probes.GiveBack(unwritten, entries);
            return false;
        }
    }
}
