namespace GameDay.Sandbox.Kernel.Tc;

/// <summary><c>tc</c> as the agent calls it, on a pod with the devices <c>lo</c> and <c>eth0</c>.</summary>
internal static class TcProgram
{
    // Loopback does not carry more: a class with this rate holds nothing back.
    private const double Unfelt = 10e9;

    /// <summary>Interprets one call; qdiscs other than the given ones are to be kept.</summary>
    public static (ToolAnswer Answer, Qdiscs After) Run(Qdiscs qdiscs, IReadOnlyList<string> args, KernelFeatures features) => args.ToArray() switch
    {
        ["-j", "qdisc", "show"] => (new ToolAnswer(0, TcListing.All(qdiscs) + "\n"), qdiscs),
        ["-s", "-j", "qdisc", "show"] => (new ToolAnswer(0, TcListing.All(qdiscs, counted: true) + "\n"), qdiscs),
        ["-j", "qdisc", "show", "dev", var device] => (new ToolAnswer(0, TcListing.Device(qdiscs, Known(device)) + "\n"), qdiscs),
        ["qdisc", "add", "dev", var device, .. var rest] => (ToolAnswer.Done, AddQdisc(Shapable(device, qdiscs), new Words(rest), features)),
        ["class", "add", "dev", var device, .. var rest] => (ToolAnswer.Done, AddClass(Shapable(device, qdiscs), new Words(rest))),
        ["qdisc", "del", "dev", var device, "root"] => (ToolAnswer.Done, DeleteRoot(Shapable(device, qdiscs))),
        _ => throw new ToolRefusal(255, $"Command \"{string.Join(' ', args)}\" is unknown, try \"tc qdisc help\".\n"),
    };

    private static Qdiscs AddQdisc(Qdiscs qdiscs, Words words, KernelFeatures features)
    {
        var parent = words.Take("root") ? null : words.After("parent");
        var handle = words.Take("handle") ? words.Next() : $"{qdiscs.NextAuto:x}:";
        var kind = words.Next();
        if (!features.Qdiscs.Contains(kind))
            throw new ToolRefusal(2, "Error: Specified qdisc kind is unknown.\n");
        var added = Read(kind, new Qdisc(kind, handle, parent), words);
        if (parent is null ? qdiscs.Root is not null : qdiscs.All.Exists(qdisc => qdisc.Parent == parent))
            throw new ToolRefusal(2, "Error: Exclusivity flag on, cannot modify.\n");
        if (parent is not null && !qdiscs.Classes.Exists(one => one.Id == parent))
            throw new ToolRefusal(2, "Error: Specified class not found.\n");
        return qdiscs with { All = qdiscs.All.Add(added), NextAuto = qdiscs.NextAuto + 1 };
    }

    private static Qdisc Read(string kind, Qdisc qdisc, Words words)
    {
        if (kind == "netem")
            return qdisc with { Netem = Netem.Read(words) };
        var options = words.Pairs("default", "direct_qlen", "r2q", "rate", "burst", "latency", "limit");
        return kind == "tbf" ? qdisc with { Rate = Bucket(options) ?? throw new ToolRefusal(1, "Both \"rate\" and \"burst\" are required.\n") } : qdisc;
    }

    private static TokenBucket? Bucket(Dictionary<string, string> options) =>
        options.TryGetValue("rate", out var rate) ? new TokenBucket(TcTime.Rate(rate), TcTime.Size(options.GetValueOrDefault("burst", "1600"))) : null;

    private static Qdiscs AddClass(Qdiscs qdiscs, Words words)
    {
        var parent = words.After("parent");
        var classId = words.After("classid");
        var kind = words.Next();
        var rate = Bucket(words.Pairs("rate", "ceil", "burst", "cburst", "quantum", "prio"));
        if (qdiscs.Root is not { } root || root.Handle != parent || root.Kind != kind)
            throw new ToolRefusal(2, "RTNETLINK answers: No such file or directory\n");
        if (qdiscs.Classes.Exists(one => one.Id == classId))
            throw new ToolRefusal(2, "RTNETLINK answers: File exists\n");
        return qdiscs with { Classes = qdiscs.Classes.Add(new QdiscClass(classId, rate?.BitsPerSecond < Unfelt ? rate : null)) };
    }

    private static Qdiscs DeleteRoot(Qdiscs qdiscs) =>
        qdiscs.Root is null ? throw new ToolRefusal(2, "Error: Cannot delete qdisc with handle of zero.\n") : Qdiscs.None with { NextAuto = qdiscs.NextAuto };

    private static Qdiscs Shapable(string device, Qdiscs qdiscs) =>
        Known(device) == PodDevices.Ethernet ? qdiscs : throw new ToolRefusal(2, "RTNETLINK answers: Operation not supported\n");

    private static string Known(string device) =>
        device is PodDevices.Ethernet or PodDevices.Loopback ? device : throw new ToolRefusal(1, $"Cannot find device \"{device}\"\n");
}
