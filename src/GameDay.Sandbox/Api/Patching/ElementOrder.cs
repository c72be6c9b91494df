using System.Text.Json.Nodes;

namespace GameDay.Sandbox.Api.Patching;

/// <summary><c>$setElementOrder</c>: the named elements come in the named order, others keep their place behind them.</summary>
internal static class ElementOrder
{
    public static void Arrange(JsonArray list, JsonArray order)
    {
        var elements = list.ToList();
        var sorted = elements.OrderBy(element => Position(element, order)).ToList();
        if (sorted.SequenceEqual(elements))
        {
            return;
        }

        list.Clear();
        foreach (var element in sorted)
        {
            list.Add(element);
        }
    }

    private static int Position(JsonNode? element, JsonArray order)
    {
        for (var i = 0; i < order.Count; i++)
        {
            if (Names(order[i], element))
            {
                return i;
            }
        }

        return order.Count;
    }

    private static bool Names(JsonNode? wanted, JsonNode? element) =>
        wanted is JsonObject keys && element is JsonObject item
            ? keys.All(pair => JsonNode.DeepEquals(pair.Value, item[pair.Key]))
            : JsonNode.DeepEquals(wanted, element);
}
