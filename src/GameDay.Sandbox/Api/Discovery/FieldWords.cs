namespace GameDay.Sandbox.Api.Discovery;

/// <summary>The sentences of <c>kubectl explain</c>, read once from the embedded file.</summary>
internal static class FieldWords
{
    private static readonly Lazy<Dictionary<string, string>> Words = new(Load);

    public static string? Of(string message) => Words.Value.GetValueOrDefault(message);

    public static string? Of(string message, string field) => Of($"{message}.{field}") ?? Of($"*.{field}");

    private static Dictionary<string, string> Load()
    {
        using var stream = typeof(FieldWords).Assembly.GetManifestResourceStream("kubernetes.words")
            ?? throw new InvalidOperationException("kubernetes.words is not embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(' ', 2))
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
    }
}
