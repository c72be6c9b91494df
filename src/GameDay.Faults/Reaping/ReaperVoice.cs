using System.Globalization;

namespace GameDay.Faults.Reaping;

/// <summary>What a reaper tells people: one line each, to be read in its log.</summary>
public sealed class ReaperVoice(TextWriter to, TimeProvider clock)
{
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);
    private readonly Lock _turn = new();

    public void Say(string words) => Write("info", words);

    /// <summary>Somebody has to look.</summary>
    public void Alarm(string words) => Write("ALARM", words);

    public void SayOnce(string words)
    {
        if (IsNew(words))
            Say(words);
    }

    public void AlarmOnce(string words)
    {
        if (IsNew(words))
            Alarm(words);
    }

    private bool IsNew(string words)
    {
        lock (_turn)
            return _said.Add(words);
    }

    // Our own clock, for readers of logs only: nothing is decided by it.
    private void Write(string level, string words)
    {
        lock (_turn)
        {
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {level} {words}"));
            to.Flush();
        }
    }
}
