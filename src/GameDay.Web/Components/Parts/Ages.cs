using System.Globalization;

namespace GameDay.Web.Components.Parts;

/// <summary>How long ago something was read, in a few signs.</summary>
public static class Ages
{
    /// <summary><c>now</c>, <c>12 s ago</c>, <c>7 min ago</c>, <c>3 h ago</c>.</summary>
    public static string Words(TimeSpan age) => age switch
    {
        { TotalSeconds: < 1 } => "now",
        { TotalSeconds: < 120 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalSeconds:0}\u00a0s ago"),
        { TotalMinutes: < 120 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalMinutes:0}\u00a0min ago"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{age.TotalHours:0}\u00a0h ago"),
    };
}
