using System.Text.RegularExpressions;
using GameDay.Domain.Plugins;

namespace GameDay.Faults;

/// <summary>Whether an undo plan holds values of its kind and nothing else (rule 13): whoever forges one can ask for nothing new.</summary>
internal static class UndoCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Null when it does; else what is wrong.</summary>
    public static string? Problem(FaultKind kind, InjectionOrder order, UndoPlan undo)
    {
        if (undo.Kind != kind.Id)
            return $"its kind is {undo.Kind}, not {kind.Id}";
        if (undo.Layer != kind.LayerOf(order.Settings))
            return $"{kind.Id} does not change the layer {undo.Layer}";
        foreach (var (name, value) in undo.Values)
        {
            if (PatternFor(kind, name) is not { } pattern)
                return $"{kind.Id} has no undo value '{name}'";
            if (!Matches(pattern, order.ShortId, value))
                return $"the undo value '{name}' is not one that {kind.Id} writes";
        }

        return FaultSettings.Check(kind, order.Settings) is [var wrong, ..] ? $"setting '{wrong.Setting}': {wrong.Message}" : null;
    }

    private static string? PatternFor(FaultKind kind, string name) => kind.UndoValues.TryGetValue(name, out var exact)
        ? exact
        : kind.UndoValues.FirstOrDefault(allowed => allowed.Key.EndsWith('*') && name.StartsWith(allowed.Key[..^1], StringComparison.Ordinal)).Value;

    private static bool Matches(string pattern, string shortId, string value) =>
        Regex.IsMatch(value, $"^(?:{pattern.Replace("{id}", Regex.Escape(shortId), StringComparison.Ordinal)})\\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, Patience);
}
