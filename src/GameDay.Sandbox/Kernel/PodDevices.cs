using System.Net;
using System.Text.Json.Nodes;

namespace GameDay.Sandbox.Kernel;

/// <summary>The devices of a pod, its files, and <c>ip -j route</c>: everything but the pod itself leaves by <c>eth0</c>.</summary>
internal static class PodDevices
{
    public const string Ethernet = "eth0";
    public const string Loopback = "lo";

    public static ToolAnswer Ip(IReadOnlyList<string> args, IPAddress? gateway)
    {
        if (args is ["-j", "-4" or "-6", "route", "show", "default"])
            return new ToolAnswer(0, gateway is null || args[1] == "-6" ? "[]\n" : $"{new JsonArray(DefaultRoute(gateway)).ToJsonString()}\n");
        if (args is not ["-j", "route", "get", var target])
            throw new ToolRefusal(255, $"Object \"{string.Join(' ', args)}\" is unknown, try \"ip help\".\n");
        if (!IPAddress.TryParse(target, out var address))
            throw new ToolRefusal(1, $"Error: any valid prefix is expected rather than \"{target}\".\n");
        var device = address.Equals(IPAddress.Loopback) || address.Equals(IPAddress.IPv6Loopback) ? Loopback : Ethernet;
        var row = new JsonObject { ["dst"] = target, ["dev"] = device, ["flags"] = new JsonArray(), ["uid"] = 0, ["cache"] = new JsonArray() };
        return new ToolAnswer(0, new JsonArray(row).ToJsonString() + "\n");
    }

    /// <summary>The few files below /proc that agents read; no mesh listens in a pod of the sandbox.</summary>
    public static string? File(string path) => path switch
    {
        "/proc/sys/kernel/osrelease" => "6.1.0-sandbox\n",
        "/proc/self/status" => "Uid:\t0\t0\t0\t0\nCapEff:\t0000000000081000\n",
        "/proc/net/tcp" or "/proc/net/tcp6" => "  sl  local_address rem_address   st\n",
        _ => null,
    };

    private static JsonObject DefaultRoute(IPAddress gateway) =>
        new() { ["dst"] = "default", ["gateway"] = gateway.ToString(), ["dev"] = Ethernet, ["flags"] = new JsonArray() };
}
