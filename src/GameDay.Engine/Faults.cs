using GameDay.Domain;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;

namespace GameDay.Engine;

/// <summary>The faults this installation has, by kind id.</summary>
internal sealed class Faults(IEnumerable<IFault> all)
{
    private readonly Dictionary<string, IFault> _byKind = all.ToDictionary(f => f.Kind.Id, StringComparer.Ordinal);

    public IFault? Find(string kind) => _byKind.GetValueOrDefault(kind);

    public IFault Get(string kind) => Find(kind)
        ?? throw new RuleBroken("UnknownFault", $"There is no fault '{kind}'. Use one of: {string.Join(", ", _byKind.Keys.Order(StringComparer.Ordinal))}.");
}
