using GameDay.Domain.Experiments;

namespace GameDay.Domain.Plugins;

/// <summary>Data about a fault kind that every part may read: settings, permissions, layer, words.</summary>
/// <param name="Id">e.g. <c>network-latency</c>.</param>
/// <param name="Title">e.g. Network latency.</param>
/// <param name="Summary">One sentence: what it does.</param>
/// <param name="Layer">See <see cref="UndoPlan.Layer"/>.</param>
/// <param name="EffectClass">kernel, process, API object or node.</param>
/// <param name="WhoCanUndo">The independent ends of this fault, in words.</param>
/// <param name="Runbook">Path of its page below the repository root.</param>
public sealed record FaultKind(
    string Id, string Title, string Summary, string Layer, string EffectClass,
    IReadOnlyList<FaultSetting> Settings, IReadOnlyList<PermissionNeeded> Permissions,
    IReadOnlyList<string> WhoCanUndo, string Runbook)
{
    /// <summary>What one injection of this kind touches, by its settings. Default: a pod.</summary>
    public Func<IReadOnlyDictionary<string, string>, TargetKind> TargetsOf { get; init; } = _ => TargetKind.Pod;

    /// <summary>The layer that these settings change, for kinds that have more than one way; null: always <see cref="Layer"/>.</summary>
    public Func<IReadOnlyDictionary<string, string>, string>? LayerBySettings { get; init; }

    /// <summary>Its targets are those of one zone, which a plan has to name.</summary>
    public bool NeedsZone { get; init; }

    /// <summary>The layer that one injection of it changes with these settings, defaults filled in.</summary>
    public string LayerOf(IReadOnlyDictionary<string, string> settings) => LayerBySettings?.Invoke(FaultSettings.WithDefaults(this, settings)) ?? Layer;

    /// <summary>
    /// The values that undo plans of this kind may hold (rule 13): name, and the pattern that the whole value must match, where
    /// <c>{id}</c> stands for the injection's short id. A name that ends in <c>*</c> allows every name that begins so.
    /// Whoever reverts from the ledger alone touches nothing when a value is not listed here.
    /// </summary>
    public IReadOnlyDictionary<string, string> UndoValues { get; init; } = new Dictionary<string, string>();

    /// <summary>What one injection of it touches with these settings, defaults filled in.</summary>
    public TargetKind Touches(IReadOnlyDictionary<string, string> settings) => TargetsOf(FaultSettings.WithDefaults(this, settings));

    /// <summary>Whether an agent may be put into pods, so that their nodes are rehearsed before.</summary>
    public bool UsesAgent => Permissions.Any(p => p.Resource == "pods/ephemeralcontainers");

    /// <summary>Its effect dies with the pod and ends by the agent or the kernel too, so one injection does not hang on the reaper alone.</summary>
    public bool IsPodBound(IReadOnlyDictionary<string, string> settings) => LayerOf(settings) is "none" or "net" or "process";
}

public enum SettingType { Text, Duration, Integer, Selector, Choice }

/// <param name="Allowed">For Choice: the words allowed. Else empty.</param>
/// <param name="Default">Used when the file leaves it out; null and Required means it must be given.</param>
/// <param name="Min">Smallest value: a number for Integer, seconds for Duration.</param>
/// <param name="Max">Largest value, in the same unit.</param>
public sealed record FaultSetting(string Name, SettingType Type, string Help, bool Required = false, string? Default = null, IReadOnlyList<string>? Allowed = null, double? Min = null, double? Max = null);

/// <summary>One Kubernetes permission, e.g. (<c>""</c>, <c>pods/ephemeralcontainers</c>, <c>patch</c>).</summary>
public sealed record PermissionNeeded(string ApiGroup, string Resource, string Verb, bool ClusterScoped = false);
