using System.Collections.Concurrent;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.People;
using GameDay.Domain.Plugins;
using GameDay.Domain.Safety;
using GameDay.Engine.Control;
using GameDay.Engine.Leases;
using GameDay.Engine.Probes;

namespace GameDay.Engine.Runs;

/// <summary>One run on this node, with everything needed to end it without the database.</summary>
internal sealed class OwnedRun(Run run, Exercise exercise, string installationId, IFault fault, RunLease lease, ProbeBoard probes, IAbortSignal signal) : IAsyncDisposable
{
    private readonly CancellationTokenSource _abort = new();
    private volatile TaskCompletionSource _retry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile AbortOrder? _order;
    private bool _ended;

    private CancellationTokenSource? _step;
    private RunState _phase;

    /// <summary>As it was when it was claimed.</summary>
    public Run Run => run;
    public Guid Id => run.Id;
    public Guid ExerciseId => exercise.Id;
    public string Title { get; } = Find(exercise, run).Title;
    public int Seed => run.Seed;
    public ExercisePlan Plan { get; } = exercise.Plan;
    public ExperimentPlan Experiment { get; } = Find(exercise, run);
    public Policy Policy { get; } = exercise.Policy;
    public ApprovedTargets? Approved { get; } = exercise.Targets.FirstOrDefault(t => t.ExperimentKey == run.ExperimentKey);
    public string InstallationId => installationId;
    public IFault Fault => fault;
    public RunLease Lease => lease;
    public ProbeBoard Probes => probes;
    public ConcurrentDictionary<Guid, LiveInjection> Live { get; } = [];
    public GroupCommit Writes { get; } = new();
    /// <summary>Own monotonic moment by which observation ends; null before the first injection.</summary>
    public long? EndsAtStamp { get; set; }
    /// <summary>Injecting belongs to this very process; found otherwise, it only goes to Reverting.</summary>
    public bool InjectingHere { get; set; }
    /// <summary>Why the verdict cannot be Held or NotHeld, e.g. the gap of a take-over.</summary>
    public string? Blind { get; set; }

    /// <summary>A sign of life was given in the cluster and not ended yet.</summary>
    public bool Beats { get; set; }

    /// <summary>Cancelled the moment an abort is heard on this node.</summary>
    public CancellationToken Aborted => _abort.Token;
    public AbortOrder? Order => _order;

    public void Abort(AbortOrder order)
    {
        lock (_abort)
        {
            _order ??= order;
        }
        signal.Raise(Interrupt);
    }

    /// <summary>What went on last.</summary>
    public RunState Phase => _phase;

    /// <summary>The step that goes on now, so that it can be interrupted.</summary>
    public void Begin(RunState phase, CancellationTokenSource step)
    {
        lock (_abort)
        {
            _phase = phase;
            _step = step;
        }
    }

    public void End()
    {
        lock (_abort) _step = null;
    }

    /// <summary>What a renewal says was recorded: another node may have aborted the run; its wish reaches us here at the latest.</summary>
    public void HearOf(RunState recorded)
    {
        lock (_abort)
        {
            var turned = recorded == RunState.Reverting && _phase is (RunState.Armed or RunState.Baseline or RunState.Injecting or RunState.Observing);
            if (turned || (recorded == RunState.Done && _phase == RunState.Recovering)) signal.Raise(InterruptStep);
        }
    }

    /// <summary>It may have ended this very moment: then there is nothing to abort here any more.</summary>
    private void Interrupt()
    {
        lock (_abort)
        {
            if (!_ended) _abort.Cancel();
        }
    }

    private void InterruptStep()
    {
        lock (_abort) _step?.Cancel();
    }

    public void RetryNow() => _retry.TrySetResult();

    public async Task RetryAskedAsync(CancellationToken ct)
    {
        await _retry.Task.WaitAsync(ct);
        _retry = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public bool MayHoldFault => Live.Values.Any(i => i.MayHoldFault);

    public async ValueTask DisposeAsync()
    {
        await probes.DisposeAsync();
        await lease.DisposeAsync();
        lock (_abort) _ended = true;
        _abort.Dispose();
    }

    private static ExperimentPlan Find(Exercise exercise, Run run) => exercise.Plan.Experiments.First(e => e.Key == run.ExperimentKey);
}

/// <param name="WholeExercise">The exercise is aborted too, not just the run.</param>
internal sealed record AbortOrder(Actor By, string? Reason, bool WholeExercise);
