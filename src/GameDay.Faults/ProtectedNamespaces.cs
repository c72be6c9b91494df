using GameDay.Domain.Plugins;
using GameDay.Domain.Safety;

namespace GameDay.Faults;

/// <summary>The last word before a write, whatever the guards said: the rescuers' namespaces are never touched.</summary>
internal static class ProtectedNamespaces
{
    public static bool Contains(string @namespace) => Policy.Production.ProtectedNamespaces.Contains(@namespace, StringComparer.Ordinal);

    public static void Refuse(string @namespace)
    {
        if (Contains(@namespace))
            throw new FaultRefused($"The namespace '{@namespace}' is protected: without it nobody could undo a fault. Choose targets elsewhere.");
    }
}
