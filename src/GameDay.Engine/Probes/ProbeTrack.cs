using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;

namespace GameDay.Engine.Probes;

/// <summary>What one probe says over time: in tolerance since when, and which abort condition it breaches.</summary>
internal sealed class ProbeTrack(ProbeSpec spec, IReadOnlyList<AbortCondition> conditions, TimeProvider clock)
{
    private readonly ProbeWindow _window = new(spec, clock);
    private readonly long?[] _breachedSince = new long?[conditions.Count];
    private readonly Lock _gate = new();
    private readonly long _started = clock.GetTimestamp();
    private long? _lastGood;
    private long? _inToleranceSince;
    private long? _lastRead;
    private long? _lastIn;
    private EntryKind _standing = EntryKind.ProbeBack;
    private ProbeSample? _last;

    public ProbeSpec Spec => spec;

    public ProbeSample Take(Guid runId, IReadOnlyList<double> readings)
    {
        lock (_gate)
        {
            var value = _window.Take(readings);
            var now = clock.GetTimestamp();
            var holds = spec.Tolerance.Holds(value);
            _lastGood = now;
            _lastRead = now;
            if (holds) _lastIn = now;
            _inToleranceSince = holds ? _inToleranceSince ?? now : null;
            for (var i = 0; i < conditions.Count; i++) _breachedSince[i] = conditions[i].IsBreachedBy(value) ? _breachedSince[i] ?? now : null;
            return _last = new ProbeSample(runId, spec.Name, clock.GetUtcNow(), value, holds, null);
        }
    }

    public ProbeSample Miss(Guid runId, string problem)
    {
        lock (_gate)
        {
            _inToleranceSince = null;
            return _last = new ProbeSample(runId, spec.Name, clock.GetUtcNow(), null, false, problem);
        }
    }

    /// <returns>An entry for the timeline when the probe left its tolerance, came back or went missing; else null.</returns>
    public (EntryKind Kind, string Text)? Changed(ProbeSample sample)
    {
        var standing = sample.Value is null ? EntryKind.ProbeMissing : sample.InTolerance ? EntryKind.ProbeBack : EntryKind.ProbeOut;
        if (standing == _standing) return null;
        _standing = standing;
        return (standing, standing switch
        {
            EntryKind.ProbeMissing => $"{spec.Name}: no data ({sample.Problem})",
            EntryKind.ProbeOut => $"{spec.Name} left its tolerance: {Shown(sample.Value)} ({Bounds()})",
            _ => $"{spec.Name} is back in tolerance: {Shown(sample.Value)}",
        });
    }

    /// <summary>In tolerance without a break for this long, and the last reading is fresh.</summary>
    public bool SteadyFor(TimeSpan time)
    {
        lock (_gate) return _inToleranceSince is { } since && clock.GetElapsedTime(since) >= time && Silence() <= (spec.Every * 3) + TimeSpan.FromSeconds(2);
    }

    /// <summary>There was a reading after this moment of our own monotonic clock.</summary>
    public bool WasReadSince(long stamp)
    {
        lock (_gate) return _lastRead > stamp;
    }

    /// <summary>Every reading after this moment was out of tolerance, or there was none.</summary>
    public bool WasOutSince(long stamp)
    {
        lock (_gate) return _lastIn is null || _lastIn <= stamp;
    }

    /// <summary>An abort condition in words when it is breached; missing data for longer than it allows is a breach too.</summary>
    public string? Breach()
    {
        lock (_gate)
        {
            for (var i = 0; i < conditions.Count; i++)
            {
                if (_breachedSince[i] is { } since && clock.GetElapsedTime(since) >= conditions[i].For) return $"{conditions[i].InWords(spec.Unit)} (now {Shown(_last?.Value)})";
                if (Silence() > conditions[i].For + spec.Every) return $"{spec.Name} gives no data for more than {conditions[i].For.TotalSeconds:0.#} s{(_last?.Problem is { } p ? $" ({p})" : "")}";
            }
            return null;
        }
    }

    public string InWords()
    {
        lock (_gate) return $"{spec.Name} {(_last?.Value is { } value ? Shown(value) : $"no data{(_last?.Problem is { } p ? $" ({p})" : "")}")} ({Bounds()})";
    }

    private TimeSpan Silence() => clock.GetElapsedTime(_lastGood ?? _started);

    private string Shown(double? value) => spec.InWords(value);

    private string Bounds() => (spec.Tolerance.Min, spec.Tolerance.Max) switch
    {
        ({ } min, { } max) => $"{min}–{Shown(max)}",
        ({ } min, null) => $"at least {Shown(min)}",
        (null, { } max) => $"at most {Shown(max)}",
        _ => "any value",
    };
}
