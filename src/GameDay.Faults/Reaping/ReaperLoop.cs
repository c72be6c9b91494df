using GameDay.Domain;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Reaping;

/// <summary>
/// Ends what nobody else ends (revert protocol, rules 9 to 13): sees only the cluster, trusts no clock but the API server's and
/// its own monotonic one. Any number of them do no harm to each other.
/// </summary>
public sealed class ReaperLoop : IDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(10);
    private readonly ReaperOptions _options;
    private readonly TimeProvider _clock;
    private readonly ReaperVoice _voice;
    private readonly LedgerReader _reader;
    private readonly MarkedObjects _marked;
    private readonly QuietRuns _quiet;
    private readonly DueRule _due;
    private readonly ReapAlarm _alarm;
    private readonly ReapWork _work;
    private readonly ReaperLease _lease;
    private readonly ClusterPulse _pulse;
    private readonly ProvedSweep _sweep;
    private (IReadOnlyList<MarkedObject> Objects, long? At) _found = ([], null);
    private string? _away;

    public ReaperLoop(KubernetesClient client, IEnumerable<IFault> faults, ILedger ledger, ReaperOptions options, ReaperVoice voice, TimeProvider clock)
    {
        (_options, _clock, _voice) = (options, clock, voice);
        var known = faults.ToDictionary(fault => fault.Kind.Id, StringComparer.Ordinal);
        var gate = new EntryGate(options, known.ToDictionary(fault => fault.Key, fault => fault.Value.Kind, StringComparer.Ordinal));
        _reader = new(client, options, gate);
        _marked = new(client, options, gate, voice);
        _quiet = new(clock);
        _due = new(options, clock);
        _alarm = new(client, options, voice);
        _work = new(new(client, known, ledger), _alarm, options, clock);
        _lease = new(client, options, options.Installation, options.Report, clock);
        _pulse = new(client, options);
        _sweep = new(client.ClusterName, ledger, options, voice, clock);
    }

    /// <summary>Until cancelled. With the API server away it goes on asking.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var watching = _pulse.WatchAsync(ct);
        try
        {
            while (true)
            {
                await TryRoundAsync(ct);
                await _pulse.WaitAsync(ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await StopAsync(watching);
        }
    }

    public void Dispose()
    {
        _work.Dispose();
        _pulse.Dispose();
    }

    private async Task TryRoundAsync(CancellationToken ct)
    {
        try
        {
            await RoundAsync(ct);
            if (_away is not null)
                _voice.Say("the cluster answers again");
            _away = null;
        }
        // Whatever a round breaks on, the next one is made: a reaper that ends helps nobody.
        catch (Exception away) when (!ct.IsCancellationRequested)
        {
            if (_away != away.Message)
                _voice.Alarm($"nothing can be read, asking again every {_options.Round.TotalSeconds:0.#} s: {away.Message}");
            _away = away.Message;
        }
    }

    private async Task RoundAsync(CancellationToken ct)
    {
        var isFresh = await SearchAsync(ct);
        var ledger = await _reader.ReadAsync(ct);
        var (strays, odd) = _marked.Judge(_found.Objects, ledger, isFresh);
        IReadOnlyList<Held> all = [.. ledger.Held, .. strays];
        IReadOnlyList<Untouched> untouched = [.. ledger.Untouched, .. odd];
        foreach (var one in untouched)
            _alarm.Refused(one);
        Begin(all, ledger, ct);
        await _lease.ReportAsync(ledger.ServerNow, untouched.Count, ct);
        _sweep.Begin(ct);
    }

    private void Begin(IReadOnlyList<Held> all, Reading reading, CancellationToken ct)
    {
        var present = all.Select(held => held.Key).ToHashSet(StringComparer.Ordinal);
        _quiet.Observe(all.Select(held => held.Content.Order.RunId), reading.Beats);
        _due.Forget(present);
        _work.Forget(present);
        var due = all.Select(held => (Held: held, Why: _due.Why(held, reading, _quiet.SilenceOf(held.Content.Order.RunId)))).Where(one => one.Why is not null);
        _work.Begin(due.Select(one => (one.Held, one.Why!)), ct);
    }

    /// <summary>True when the marked objects were read just now; a search of all is dearer than a look at the ledger.</summary>
    private async Task<bool> SearchAsync(CancellationToken ct)
    {
        if (_found.At is { } last && _clock.GetElapsedTime(last) < _options.Search)
            return false;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(_options.Search);
        try
        {
            _found = (await _marked.ListAsync(patience.Token), _clock.GetTimestamp());
            return true;
        }
        // The ledger is what counts: a search that fails or takes its time holds up no deadline.
        catch (Exception failed) when (!ct.IsCancellationRequested)
        {
            _voice.AlarmOnce($"marked objects could not be looked for: {failed.Message}");
            _found = (_found.Objects, _clock.GetTimestamp());
            return false;
        }
    }

    private async Task StopAsync(Task watching)
    {
        using var patience = new CancellationTokenSource(LastWords, _clock);
        try
        {
            await Task.WhenAll(_work.IdleAsync(), _sweep.IdleAsync(), watching).WaitAsync(patience.Token);
            await _lease.EndAsync(patience.Token);
        }
        catch (Exception cut) when (cut is OperationCanceledException or KubernetesException or ClusterUnreachableException)
        {
            _voice.Say($"stopped without taking leave: {cut.Message}");
        }
    }
}
