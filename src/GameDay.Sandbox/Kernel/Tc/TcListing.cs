using System.Text.Json.Nodes;

namespace GameDay.Sandbox.Kernel.Tc;

/// <summary>The JSON that <c>tc -j qdisc show</c> prints, iproute2 6.1.</summary>
internal static class TcListing
{
    public static string All(Qdiscs qdiscs) =>
        Rows([NoQueue(PodDevices.Loopback), .. Ethernet(qdiscs).Select(row => Named(row, PodDevices.Ethernet))]);

    /// <summary>Asked for one device, tc leaves its name out.</summary>
    public static string Device(Qdiscs qdiscs, string device) =>
        Rows(device == PodDevices.Ethernet ? Ethernet(qdiscs) : [NoQueue(null)]);

    private static IEnumerable<JsonObject> Ethernet(Qdiscs qdiscs) => qdiscs.Root is null ? [NoQueue(null)] : qdiscs.All.Select(Row);

    private static JsonObject Row(Qdisc qdisc)
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
        row["options"] = Options(qdisc);
        return row;
    }

    private static JsonObject Options(Qdisc qdisc) => qdisc.Delay is { } delay
        ? new JsonObject
        {
            ["limit"] = qdisc.Limit,
            ["delay"] = new JsonObject { ["delay"] = delay.TotalSeconds, ["jitter"] = qdisc.Jitter.TotalSeconds, ["correlation"] = 0 },
            ["ecn"] = false,
            ["gap"] = 0,
        }
        : new JsonObject();

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
