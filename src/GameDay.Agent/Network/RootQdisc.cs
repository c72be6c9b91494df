using GameDay.Agent.Kernel;

namespace GameDay.Agent.Network;

/// <summary>
/// The root qdisc an injection puts on a device: htb, whose unmarked packets go out directly and unshaped,
/// with one class for the marked ones and the effect behind it. Without the table nothing reaches that class.
/// </summary>
public static class RootQdisc
{
    /// <summary>Its kind, as tc names it.</summary>
    public const string Kind = "htb";

    /// <summary>Compare-and-delete: ours is the right kind with the handle made from the id.</summary>
    public static bool IsOf(Names names, QdiscRow row) =>
        row is { Root: true, Kind: Kind, Dev: not null } && row.Handle == names.Handle;

    /// <summary>Puts root, class and effect in place; the first refusal ends it with a <see cref="KernelProblem"/>.</summary>
    public static async Task PlaceAsync(Ground ground, IReadOnlyList<string> leaf)
    {
        foreach (var call in Calls(ground.Names, ground.Device, leaf))
        {
            var result = await ground.Kernel.RunAsync(call, CancellationToken.None);
            if (!result.Ok)
                throw new KernelProblem($"{call}: {result.Complaint}");
        }
    }

    /// <summary>The call that removes it.</summary>
    public static ToolCall Removal(string device) => new("tc", ["qdisc", "del", "dev", device, "root"]);

    private static IEnumerable<ToolCall> Calls(Names names, string device, IReadOnlyList<string> leaf)
    {
        yield return new("tc", ["qdisc", "add", "dev", device, "root", "handle", names.Handle, Kind, "default", "0", "direct_qlen", "1000"]);
        yield return new("tc", ["class", "add", "dev", device, "parent", names.Handle, "classid", names.ClassId, Kind, "rate", "100gbit", "quantum", "60000"]);
        yield return new("tc", ["qdisc", "add", "dev", device, "parent", names.ClassId, .. leaf]);
    }
}
