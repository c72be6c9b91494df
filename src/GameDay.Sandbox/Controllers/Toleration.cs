using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>Whether a pod's toleration is about a node's taint.</summary>
internal static class Toleration
{
    public static bool Covers(JsonObject toleration, JsonObject taint) =>
        (string.IsNullOrEmpty(toleration.Text("effect")) || toleration.Text("effect") == taint.Text("effect"))
        && (string.IsNullOrEmpty(toleration.Text("key")) || toleration.Text("key") == taint.Text("key"))
        && (toleration.Text("operator") == "Exists" || (toleration.Text("value") ?? "") == (taint.Text("value") ?? ""));
}
