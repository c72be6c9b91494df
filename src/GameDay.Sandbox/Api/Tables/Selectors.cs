using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Tables;

/// <summary>Prints selectors as kubectl does: <c>app=cart,tier in (a,b)</c>.</summary>
internal static class Selectors
{
    public static string Print(JsonNode? selector)
    {
        var pairs = Map(selector?["matchLabels"]);
        var expressions = selector.Items("matchExpressions").Select(Expression);
        return string.Join(',', pairs.Concat(expressions));
    }

    public static IEnumerable<string> Map(JsonNode? map) => map.Map().Select(pair => $"{pair.Key}={pair.Value}");

    private static string Expression(JsonObject expression) => expression.Text("operator") switch
    {
        "In" => $"{expression.Text("key")} in ({string.Join(',', expression.Texts("values"))})",
        "NotIn" => $"{expression.Text("key")} notin ({string.Join(',', expression.Texts("values"))})",
        "DoesNotExist" => "!" + expression.Text("key"),
        _ => expression.Text("key") ?? "",
    };
}
