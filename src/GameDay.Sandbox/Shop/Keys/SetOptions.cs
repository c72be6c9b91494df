namespace GameDay.Sandbox.Shop.Keys;

/// <summary>The words behind <c>SET key value</c>.</summary>
/// <param name="Wrong">What Redis answers to a value that is no use.</param>
internal sealed record SetOptions(long? EndsAt = null, bool OnlyNew = false, bool OnlyThere = false, bool KeepsEnd = false, string? Wrong = null)
{
    /// <summary>Null for words that are not understood.</summary>
    public static SetOptions? Read(string[] words, long now)
    {
        var options = new SetOptions();
        for (var i = 3; i < words.Length; i++)
        {
            var word = words[i].ToUpperInvariant();
            switch (word)
            {
                case "NX":
                    options = options with { OnlyNew = true };
                    break;
                case "XX":
                    options = options with { OnlyThere = true };
                    break;
                case "KEEPTTL":
                    options = options with { KeepsEnd = true };
                    break;
                case "EX" or "PX" or "EXAT" or "PXAT" when i + 1 < words.Length:
                    options = options.Ending(word, words[++i], now);
                    break;
                default:
                    return null;
            }
        }

        return options is { OnlyNew: true, OnlyThere: true } ? null : options;
    }

    private SetOptions Ending(string unit, string value, long now)
    {
        var factor = unit.StartsWith("EX", StringComparison.Ordinal) ? 1000 : 1;
        if (!KeyCommands.IsNumber(value, out var time))
        {
            return this with { Wrong = "ERR value is not an integer or out of range" };
        }

        return time <= 0 || time > long.MaxValue / 2 / factor
            ? this with { Wrong = "ERR invalid expire time in 'set' command" }
            : this with { EndsAt = (unit.EndsWith("AT", StringComparison.Ordinal) ? 0 : now) + (time * factor) };
    }
}
