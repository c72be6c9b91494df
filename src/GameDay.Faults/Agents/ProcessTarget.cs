using System.Globalization;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Agents;

/// <summary>The container whose processes a fault means, as it ran when the fault was prepared.</summary>
/// <param name="ContainerId">As the runtime names it; a restarted container has another.</param>
/// <param name="SharesPod">The pod's containers share one PID namespace, so the agent must be told which processes are meant.</param>
internal sealed record ProcessTarget(string Container, string ContainerId, int Restarts, bool SharesPod)
{
    /// <summary>What undo plans of process faults may hold.</summary>
    public static IReadOnlyDictionary<string, string> UndoValues { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["agent"] = "gameday-{id}-1",
        ["container"] = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?",
        ["containerId"] = "[a-z0-9-]+://[0-9a-zA-Z_-]+",
        ["restarts"] = "[0-9]{1,9}",
        ["sharesPod"] = "true|false",
    };

    public static FaultSetting Setting { get; } = new("container", SettingType.Text, "Whose processes; the pod's first container when left out");

    /// <exception cref="FaultRefused">The pod has no such container, or it does not run.</exception>
    public static ProcessTarget Of(V1Pod pod, InjectionOrder order)
    {
        var names = pod.Spec?.Containers?.Select(c => c.Name ?? "").ToList() ?? [];
        var name = order.Settings.GetValueOrDefault("container") is { Length: > 0 } given ? given : names.FirstOrDefault("");
        if (!names.Contains(name, StringComparer.Ordinal))
            throw new FaultRefused($"{order.Target.Name} has no container '{name}'; it has {string.Join(", ", names)}.");
        var status = StatusOf(pod, name);
        return status is { State.Running: not null, ContainerID: { Length: > 0 } id }
            ? new(name, id, status.RestartCount, pod.Spec?.ShareProcessNamespace == true)
            : throw new FaultRefused($"The container {name} of {order.Target.Name} does not run now, so it has no processes to stop.");
    }

    public static ProcessTarget Of(UndoPlan undo) => new(
        undo.Values["container"], undo.Values["containerId"], int.Parse(undo.Values["restarts"], CultureInfo.InvariantCulture), undo.Values["sharesPod"] == "true");

    public Dictionary<string, string> ToValues(InjectionOrder order) => new(StringComparer.Ordinal)
    {
        ["agent"] = $"gameday-{order.ShortId}-1",
        ["container"] = Container,
        ["containerId"] = ContainerId,
        ["restarts"] = Restarts.ToString(CultureInfo.InvariantCulture),
        ["sharesPod"] = SharesPod ? "true" : "false",
    };

    /// <summary>The agent's words for which processes it means.</summary>
    public IReadOnlyList<string> Words => SharesPod ? ["--container", ContainerId[(ContainerId.LastIndexOf('/') + 1)..]] : [];

    /// <summary>Whether the processes that were meant are gone, because their container ended or was started again.</summary>
    public bool HasEnded(V1Pod pod) =>
        StatusOf(pod, Container) is { } now && (now.ContainerID != ContainerId || now.RestartCount > Restarts || now.State?.Terminated is not null);

    public static V1ContainerStatus? StatusOf(V1Pod pod, string container) => pod.Status?.ContainerStatuses?.FirstOrDefault(status => status.Name == container);
}
