using GameDay.Benchmarks.Leak.Judging;
using GameDay.Benchmarks.Stage;

namespace GameDay.Benchmarks.Leak;

/// <summary>What a mishap may touch: the stack, this trial's namespace, and the judge, who is told what excuses what.</summary>
internal sealed class Scene(Stack stack, Judge judge, string ns, Random chance, SemaphoreSlim deaths, IReadOnlyCollection<Guid> exercises)
{
    public Stack Stack => stack;
    public Judge Judge => judge;
    public string Namespace => ns;
    public Random Chance => chance;
    /// <summary>Exercises of this trial.</summary>
    public IReadOnlyCollection<Guid> Exercises => exercises;

    public TimeSpan Between(double from, double to) => TimeSpan.FromSeconds(from + (chance.NextDouble() * (to - from)));

    public T One<T>(params IReadOnlyList<T> among) => among[chance.Next(among.Count)];

    /// <summary>No more than two actors are dead at once: that is the promise.</summary>
    public async Task DeadAsync(Func<Task> whileDead, CancellationToken ct)
    {
        await deaths.WaitAsync(ct);
        try { await whileDead(); }
        finally { deaths.Release(); }
    }

    public async Task MisbehaveAsync(string kind, CancellationToken ct, string path = "", string method = "", TimeSpan? delay = null, int times = 1, TimeSpan? lasting = null) =>
        await stack.Cluster.PostAsync("sandbox/misbehaviours",
            $$"""{"kind":"{{kind}}","pathContains":"{{path}}","method":"{{method}}","userAgentContains":"gameday","delayMilliseconds":{{(int)(delay ?? TimeSpan.FromSeconds(1)).TotalMilliseconds}},"times":{{times}}{{(lasting is { } l ? $",\"forMilliseconds\":{(int)l.TotalMilliseconds}" : "")}}}""", ct);
}
