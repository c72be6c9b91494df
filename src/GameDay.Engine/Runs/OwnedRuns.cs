using System.Collections.Concurrent;

namespace GameDay.Engine.Runs;

/// <summary>The runs this node owns; whoever hears an abort finds them here.</summary>
internal sealed class OwnedRuns
{
    private readonly ConcurrentDictionary<Guid, OwnedRun> _runs = [];

    public IReadOnlyCollection<OwnedRun> All => [.. _runs.Values];

    public bool Add(OwnedRun run) => _runs.TryAdd(run.Id, run);

    public void Remove(OwnedRun run) => _runs.TryRemove(run.Id, out _);

    public OwnedRun? Find(Guid runId) => _runs.GetValueOrDefault(runId);

    public IReadOnlyList<OwnedRun> Of(Guid exerciseId) => [.. _runs.Values.Where(r => r.ExerciseId == exerciseId)];
}
