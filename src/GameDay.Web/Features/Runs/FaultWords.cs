using GameDay.Domain.Experiments;

namespace GameDay.Web.Features.Runs;

/// <summary>A fault in few words: its strength if it has one, else its kind.</summary>
public static class FaultWords
{
    private static readonly string[] Strengths = ["delay", "loss", "bandwidth", "percent", "load"];
    private static readonly string[] Peers = ["peer", "to", "from", "direction"];

    public static string Short(FaultSpec fault)
    {
        foreach (var name in Strengths)
            if (fault.Settings.TryGetValue(name, out var strength)) return name == "delay" ? $"+{strength}" : $"{name} {strength}";
        return fault.Kind;
    }

    public static string Long(FaultSpec fault)
    {
        var peer = Peers.Select(p => fault.Settings.GetValueOrDefault(p)).FirstOrDefault(p => !string.IsNullOrEmpty(p));
        var strength = Short(fault) == fault.Kind ? "" : $", {Short(fault)}";
        return $"{fault.Kind}{strength}{(peer is null ? "" : $", {peer}")}";
    }
}
