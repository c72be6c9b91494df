namespace GameDay.Faults;

/// <summary>Chance that can be repeated: the same seed picks the same items from the same list, in the same order.</summary>
public static class SeededPicker
{
    public static IReadOnlyList<T> Pick<T>(IReadOnlyList<T> sorted, int count, int seed)
    {
        if (count >= sorted.Count)
            return sorted;
        var shuffled = sorted.ToArray();
        new Random(seed).Shuffle(shuffled);
        return shuffled[..count];
    }
}
