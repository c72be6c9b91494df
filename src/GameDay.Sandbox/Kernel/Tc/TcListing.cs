using System.Text.Json.Nodes;

namespace GameDay.Sandbox.Kernel.Tc;

/// <summary>The JSON that <c>tc -j qdisc show</c> prints, iproute2 6.1.</summary>
internal static class TcListing
{
    public static string All(Qdiscs qdiscs, bool counted = false) =>
        Rows([NoQueue(PodDevices.Loopback), .. Ethernet(qdiscs, counted).Select(row => Named(row, PodDevices.Ethernet))]);

    /// <summary>Asked for one device, tc leaves its name out.</summary>
    public static string Device(Qdiscs qdiscs, string device) =>
        Rows(device == PodDevices.Ethernet ? Ethernet(qdiscs, counted: false) : [NoQueue(null)]);

    private static IEnumerable<JsonObject> Ethernet(Qdiscs qdiscs, bool counted) =>
        qdiscs.Root is null ? [NoQueue(null)] : qdiscs.All.Select(qdisc => Row(qdisc, counted));

    private static JsonObject Row(Qdisc qdisc, bool counted)
    {
        var row = new JsonObject { ["kind"] = qdisc.Kind, ["handle"] = qdisc.Handle };
        if (qdisc.Parent is null)
        {
            row["root"] = true;
            row["refcnt"] = 2;
        }
        else
        {
            row["parent"] = qdisc.Parent;
        }
        row["options"] = qdisc switch
        {
            { Netem: { } netem } => Options(netem),
            { Rate: { } rate } => new JsonObject { ["rate"] = (long)(rate.BitsPerSecond / 8), ["burst"] = rate.BurstBytes },
            _ => new JsonObject(),
        };
        if (counted)
            Count(row, qdisc.Counters);
        return row;
    }

    private static void Count(JsonObject row, QdiscCounters counters)
    {
        row["bytes"] = counters.Bytes;
        row["packets"] = counters.Packets;
        row["drops"] = counters.Drops;
        row["overlimits"] = counters.Overlimits;
        row["requeues"] = 0;
        row["backlog"] = 0;
        row["qlen"] = 0;
    }

    private static JsonObject Options(NetemOptions netem)
    {
        var options = new JsonObject { ["limit"] = netem.Limit };
        if (netem.Delay is { } delay)
            options["delay"] = new JsonObject { ["delay"] = delay.TotalSeconds, ["jitter"] = netem.Jitter.TotalSeconds, ["correlation"] = 0 };
        foreach (var (name, key, share) in new[]
                 {
                     ("loss-random", "loss", netem.Loss), ("duplicate", "duplicate", netem.Duplicate),
                     ("corrupt", "corrupt", netem.Corrupt), ("reorder", "reorder", netem.Reorder),
                 }.Where(option => option.Item3 > 0))
        {
            options[name] = new JsonObject { [key] = share, ["correlation"] = 0 };
        }
        options["ecn"] = false;
        options["gap"] = netem.Reorder > 0 ? 1 : 0;
        return options;
    }

    private static JsonObject NoQueue(string? device)
    {
        var row = new JsonObject { ["kind"] = "noqueue", ["handle"] = "0:", ["root"] = true, ["refcnt"] = 2, ["options"] = new JsonObject() };
        return device is null ? row : Named(row, device);
    }

    private static JsonObject Named(JsonObject row, string device)
    {
        row.Insert(2, "dev", device);
        return row;
    }

    private static string Rows(IEnumerable<JsonObject> rows) => new JsonArray([.. rows]).ToJsonString();
}
