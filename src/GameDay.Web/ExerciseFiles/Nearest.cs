namespace GameDay.Web.ExerciseFiles;

/// <summary>Finds the word somebody probably meant.</summary>
internal static class Nearest
{
    /// <summary>Null when nothing is near enough to be a slip of the pen.</summary>
    public static string? To(string written, IEnumerable<string> allowed)
    {
        if (written.Length is 0 or > 60) return null;
        var plain = Plain(written);
        var (word, distance) = allowed.Select(a => (a, Distance(plain, Plain(a)))).DefaultIfEmpty(("", int.MaxValue)).MinBy(a => a.Item2);
        return distance <= Math.Max(1, plain.Length / 3) ? word : null;
    }

    // recover_within, RecoverWithin and recover-within are all meant as recoverWithin.
    private static string Plain(string word) => word.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}
