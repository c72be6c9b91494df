using System.Collections.Concurrent;

namespace GameDay.Sandbox.Store;

/// <summary>Keeps one copy of strings that come again and again. When it has grown large it starts anew.</summary>
internal sealed class StringPool
{
    private const int Most = 50_000;
    private readonly ConcurrentDictionary<string, string> words = new(StringComparer.Ordinal);

    public string Share(string word)
    {
        if (words.Count > Most)
        {
            words.Clear();
        }

        return words.GetOrAdd(word, word);
    }
}
