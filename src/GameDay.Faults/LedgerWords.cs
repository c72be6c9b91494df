using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>Who holds a target, in words for whoever is refused.</summary>
internal static class LedgerWords
{
    /// <param name="soon">The server's time less what a request of the holder may still take to land.</param>
    public static LedgerHold Hold(FaultTarget target, string layer, V1ConfigMap map, string cluster, string installation, DateTimeOffset soon)
    {
        var held = LedgerContent.From(map, cluster);
        TimeSpan? freeIn = held is { IsProved: true } && held.Order.InstallationId == installation ? Landing.LimitOf(held.Order) - soon : null;
        return new(target, Holder(map, held, target, layer, installation), freeIn < TimeSpan.Zero ? TimeSpan.Zero : freeIn);
    }

    public static string Holder(V1ConfigMap map, LedgerContent? held, FaultTarget target, string layer, string installation)
    {
        var what = $"{target.Namespace}/{target.Name} (layer {layer})";
        var where = $"ConfigMap {map.Metadata.Namespace}/{map.Metadata.Name}";
        if (held is null)
            return $"{what} is held by {where}, which another version of GameDay wrote; nothing was injected.";
        if (held.IsProved)
            return $"{what} was released by injection {held.Order.ShortId} a moment ago; try again after {Landing.LimitOf(held.Order):HH:mm:ss} UTC ({where}).";
        return $"{what} is held by {held.Undo.Kind}, injection {held.Order.ShortId} of run {held.Order.RunId}, {WhoseInstallation(held, installation)}, since {map.Metadata.CreationTimestamp:HH:mm:ss} UTC ({where}); nothing was injected.";
    }

    private static string WhoseInstallation(LedgerContent held, string installation) =>
        held.Order.InstallationId == installation ? "this installation" : $"installation {held.Order.InstallationId}";
}
