using GameDay.Domain.Exercises;

namespace GameDay.Web.Components.Timeline;

/// <summary>One timeline entry as pages show it.</summary>
public sealed record EntryRow(long Seq, DateTimeOffset At, EntryKind Kind, string Source, string Text, bool ByPerson, Guid? RunId)
{
    public string Initials => string.Concat(Source.Split(',')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w[0]).Where(char.IsLetter).Take(2)).ToUpperInvariant();
}
