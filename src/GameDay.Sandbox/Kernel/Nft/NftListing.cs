using System.Globalization;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace GameDay.Sandbox.Kernel.Nft;

/// <summary>The JSON that <c>nft -j list</c> prints, version 1.0.6.</summary>
internal static class NftListing
{
    public static JsonObject Tables(NftRuleset ruleset) => Wrap(ruleset.Tables.Select(Head));

    public static JsonObject Chains(NftRuleset ruleset) => Wrap(ruleset.Tables.SelectMany(table => table.Chains, Chain));

    public static JsonObject Table(NftTable table, TimeSpan now) => Wrap(
        [
            Head(table),
            .. table.Sets.Select(set => Set(table, set, now)),
            .. table.Chains.Select(chain => Chain(table, chain)),
            .. table.Chains.SelectMany(chain => chain.Rules.Select(rule => Rule(table, chain, rule))),
        ]);

    private static JsonObject Wrap(IEnumerable<JsonObject> entries)
    {
        var list = new JsonArray
        {
            new JsonObject
            {
                ["metainfo"] = new JsonObject { ["version"] = "1.0.6", ["release_name"] = "Lester Gooch #5", ["json_schema_version"] = 1 },
            },
        };
        foreach (var entry in entries)
            list.Add((JsonNode)entry);
        return new JsonObject { ["nftables"] = list };
    }

    private static JsonObject Head(NftTable table) => new()
    {
        ["table"] = new JsonObject { ["family"] = table.Family, ["name"] = table.Name, ["handle"] = table.Handle },
    };

    private static JsonObject Set(NftTable table, NftSet set, TimeSpan now)
    {
        var json = new JsonObject
        {
            ["family"] = table.Family, ["name"] = set.Name, ["table"] = table.Name, ["type"] = set.Type, ["handle"] = set.Handle,
        };
        if (set.Timed)
            json["flags"] = new JsonArray("timeout");
        var living = set.Elements.Where(element => element.LivesAt(now)).Select(element => Element(element, now)).ToArray();
        if (living.Length > 0)
            json["elem"] = new JsonArray(living);
        return new JsonObject { ["set"] = json };
    }

    // Whole seconds, rounded down, as nft prints them in JSON.
    private static JsonNode Element(NftElement element, TimeSpan now) => element switch
    {
        { Timeout: { } timeout, Ends: { } ends } => new JsonObject
        {
            ["elem"] = new JsonObject
            {
                ["val"] = element.Value, ["timeout"] = (long)timeout.TotalSeconds, ["expires"] = (long)(ends - now).TotalSeconds,
            },
        },
        _ => JsonValue.Create(element.Value),
    };

    private static JsonObject Chain(NftTable table, NftChain chain) => new()
    {
        ["chain"] = new JsonObject
        {
            ["family"] = table.Family, ["table"] = table.Name, ["name"] = chain.Name, ["handle"] = chain.Handle,
            ["type"] = chain.Type, ["hook"] = chain.Hook, ["prio"] = chain.Priority, ["policy"] = chain.Policy,
        },
    };

    private static JsonObject Rule(NftTable table, NftChain chain, NftRule rule)
    {
        var expressions = new JsonArray { Match(rule) };
        if (rule is { PortField: { } field, Port: { } port })
            expressions.Add((JsonNode)Match(Payload("tcp", field), port));
        if (rule.Counter is { } counter)
            expressions.Add((JsonNode)new JsonObject { ["counter"] = new JsonObject { ["packets"] = counter.Packets, ["bytes"] = counter.Packets * 60 } });
        expressions.Add((JsonNode)Statement(rule.Verdict));
        return new JsonObject
        {
            ["rule"] = new JsonObject
            {
                ["family"] = table.Family, ["table"] = table.Name, ["chain"] = chain.Name, ["handle"] = rule.Handle, ["expr"] = expressions,
            },
        };
    }

    private static JsonObject Match(NftRule rule) => Match(
        rule.Family is { } family
            ? Payload(family == AddressFamily.InterNetwork ? "ip" : "ip6", rule.Field)
            : new JsonObject { ["meta"] = new JsonObject { ["key"] = rule.Field } },
        $"@{rule.Set}");

    private static JsonObject Payload(string protocol, string field) =>
        new() { ["payload"] = new JsonObject { ["protocol"] = protocol, ["field"] = field } };

    private static JsonObject Match(JsonObject left, JsonNode right) =>
        new() { ["match"] = new JsonObject { ["op"] = "==", ["left"] = left, ["right"] = right } };

    private static JsonObject Statement(NftVerdict verdict) => verdict.Mark is { } mark
        ? new JsonObject
        {
            ["mangle"] = new JsonObject
            {
                ["key"] = new JsonObject { ["meta"] = new JsonObject { ["key"] = "priority" } },
                ["value"] = string.Create(CultureInfo.InvariantCulture, $"{mark >> 16:x}:{mark & 0xffff:x}"),
            },
        }
        : new JsonObject { [verdict.Kind] = null };
}
