using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Kubelet;

/// <summary>
/// Measures agents as the processes they are. Shop containers live in the sandbox's own process: they share what it uses, each by the
/// requests it answered. Ghosts use nothing.
/// </summary>
internal sealed class UsageMeter(Kubelets kubelets, TimeProvider clock) : IUsageMeter
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private Sample _last = new(clock.GetTimestamp(), TimeSpan.Zero, new Dictionary<(string, string), Work>());
    private UsageReading? _reading;

    public UsageReading Read()
    {
        lock (_gate)
        {
            var took = clock.GetElapsedTime(_last.At);
            if (_reading is null || took >= Window)
            {
                var now = Take();
                _reading = Between(_last, now, took);
                _last = now;
            }

            return _reading;
        }
    }

    private Sample Take() => new(
        clock.GetTimestamp(),
        Environment.CpuUsage.TotalTime,
        kubelets.Workers.SelectMany(worker => worker.Work().Select(work => (Key: (worker.Pod.Uid, work.Name), Work: work))).ToDictionary(one => one.Key, one => one.Work));

    private UsageReading Between(Sample before, Sample now, TimeSpan took)
    {
        var seconds = Math.Max(took.TotalSeconds, 0.001);
        long Answered((string, string) key, Work work) => work.Answered - (before.Works.GetValueOrDefault(key)?.Answered ?? 0);
        var shared = now.Works.Where(one => one.Value.Process is null).ToList();
        var all = Math.Max(1, shared.Sum(one => Answered(one.Key, one.Value)));
        var ownCores = (now.Cpu - before.Cpu).TotalSeconds / seconds;
        var bytesEach = shared.Count == 0 ? 0 : Environment.WorkingSet / shared.Count;
        ContainerUsage Usage((string Uid, string Name) key, Work work) => work.Process is { } process
            ? new ContainerUsage(key.Name, Math.Max(0, (process.Cpu - (before.Works.GetValueOrDefault(key)?.Process?.Cpu ?? TimeSpan.Zero)).TotalSeconds / seconds), process.Bytes)
            : new ContainerUsage(key.Name, ownCores * Answered(key, work) / all, bytesEach);
        return new UsageReading(clock.GetUtcNow(), took, now.Works.ToLookup(one => one.Key.Uid, one => Usage(one.Key, one.Value), StringComparer.Ordinal));
    }

    private sealed record Sample(long At, TimeSpan Cpu, IReadOnlyDictionary<(string Uid, string Name), Work> Works);
}

/// <summary>What a container did so far: requests it answered, or, when it is a process of its own, that process's use.</summary>
internal sealed record Work(string Name, long Answered, ProcessUse? Process = null);

/// <summary>CPU time so far and memory now.</summary>
internal sealed record ProcessUse(TimeSpan Cpu, long Bytes);
