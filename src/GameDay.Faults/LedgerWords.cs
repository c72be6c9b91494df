using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>Who holds a target, in words for whoever is refused.</summary>
internal static class LedgerWords
{
    public static string Holder(V1ConfigMap map, LedgerContent? held, InjectionOrder order, UndoPlan undo)
    {
        var what = $"{order.Target.Namespace}/{order.Target.Name} (layer {undo.Layer})";
        var where = $"ConfigMap {map.Metadata.Namespace}/{map.Metadata.Name}";
        if (held is null)
            return $"{what} is held by {where}, which another version of GameDay wrote; nothing was injected.";
        if (held.IsProved)
            return $"{what} was released by injection {held.Order.ShortId} a moment ago; try again after {held.Order.NotAfter:HH:mm:ss} UTC ({where}).";
        return $"{what} is held by {held.Undo.Kind}, injection {held.Order.ShortId} of run {held.Order.RunId}, {WhoseInstallation(held, order)}, since {map.Metadata.CreationTimestamp:HH:mm:ss} UTC ({where}); nothing was injected.";
    }

    private static string WhoseInstallation(LedgerContent held, InjectionOrder order) =>
        held.Order.InstallationId == order.InstallationId ? "this installation" : $"installation {held.Order.InstallationId}";
}
