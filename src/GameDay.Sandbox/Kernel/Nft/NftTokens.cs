namespace GameDay.Sandbox.Kernel.Nft;

/// <summary>Words and signs of an nft script. A line end ends a statement as a semicolon does.</summary>
internal sealed class NftTokens
{
    private const string Signs = "{};,=";
    private readonly List<string> _tokens = [];
    private int _next;

    public NftTokens(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            ReadLine(line);
            _tokens.Add(";");
        }
    }

    public bool AtEnd => _next >= _tokens.Count;

    public string Peek => AtEnd ? "end of file" : _tokens[_next];

    /// <summary>Steps over statement ends.</summary>
    public void SkipEnds()
    {
        while (!AtEnd && Peek == ";")
            _next++;
    }

    public string Next()
    {
        if (AtEnd)
            throw Unexpected();
        return _tokens[_next++];
    }

    public bool Take(string word)
    {
        if (Peek != word)
            return false;
        _next++;
        return true;
    }

    public void Expect(string word)
    {
        if (!Take(word))
            throw Unexpected();
    }

    public ToolRefusal Unexpected() => new(1, $"/dev/stdin: Error: syntax error, unexpected {Peek}\n");

    private void ReadLine(string line)
    {
        var start = -1;
        for (var i = 0; i <= line.Length; i++)
        {
            var sign = i < line.Length && Signs.Contains(line[i]);
            var gap = i == line.Length || sign || char.IsWhiteSpace(line[i]);
            if (!gap && start < 0)
                start = i;
            if (gap && start >= 0)
            {
                _tokens.Add(line[start..i]);
                start = -1;
            }
            if (sign)
                _tokens.Add(line[i].ToString());
        }
    }
}
