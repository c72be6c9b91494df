namespace GameDay.Sandbox.Kernel.Tc;

/// <summary>The words of a tc call, read in order. A word nobody expects is an error, as tc has it.</summary>
internal sealed class Words(IReadOnlyList<string> words)
{
    private int _next;

    public bool AtEnd => _next >= words.Count;

    public string Next() => AtEnd ? throw new ToolRefusal(255, "Command line is not complete. Try option \"help\"\n") : words[_next++];

    public bool Take(string word)
    {
        if (AtEnd || words[_next] != word)
            return false;
        _next++;
        return true;
    }

    public string After(string word) => Take(word) ? Next() : throw Unknown();

    public bool IsNumberNext => !AtEnd && char.IsAsciiDigit(words[_next][0]);

    /// <summary>The <c>name value</c> pairs with these names, to the end.</summary>
    public Dictionary<string, string> Pairs(params IReadOnlyCollection<string> names)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        while (!AtEnd)
        {
            if (!names.Contains(words[_next]))
                throw Unknown();
            pairs[Next()] = Next();
        }
        return pairs;
    }

    public ToolRefusal Unknown() => new(1, $"What is \"{(AtEnd ? "" : words[_next])}\"?\n");
}
