using System.Text.Json.Nodes;

namespace GameDay.Sandbox.Api.Discovery;

/// <summary>The Kubernetes version whose semantics the sandbox has.</summary>
internal static class ServerVersion
{
    public const string GitVersion = "v1.33.1+gameday.sandbox";

    public static JsonObject Document() => new()
    {
        ["major"] = "1",
        ["minor"] = "33",
        ["gitVersion"] = GitVersion,
        ["gitCommit"] = "",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "2025-05-15T00:00:00Z",
        ["goVersion"] = "",
        ["compiler"] = "dotnet",
        ["platform"] = "linux/amd64",
    };
}
