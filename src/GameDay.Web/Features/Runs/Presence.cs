using System.Collections.Concurrent;
using GameDay.Domain.People;

namespace GameDay.Web.Features.Runs;

/// <summary>Who has the run board of an exercise open on this node. Kept in memory: it is true only now.</summary>
public sealed class Presence
{
    private readonly ConcurrentDictionary<(Guid Exercise, Guid Visit), Actor> _here = new();

    public event Action<Guid>? Changed;

    public IDisposable Enter(Guid exerciseId, Actor actor)
    {
        var visit = new Visit(this, (exerciseId, Guid.NewGuid()));
        _here[visit.Key] = actor;
        Changed?.Invoke(exerciseId);
        return visit;
    }

    public IReadOnlyList<Actor> In(Guid exerciseId) =>
        [.. _here.Where(h => h.Key.Exercise == exerciseId).Select(h => h.Value).DistinctBy(a => a.PersonId?.ToString() ?? a.Name).OrderBy(a => a.Name, StringComparer.Ordinal)];

    private sealed class Visit(Presence presence, (Guid Exercise, Guid Visit) key) : IDisposable
    {
        public (Guid Exercise, Guid Visit) Key => key;

        public void Dispose()
        {
            if (presence._here.TryRemove(key, out _)) presence.Changed?.Invoke(key.Exercise);
        }
    }
}
