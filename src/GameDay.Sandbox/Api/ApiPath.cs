namespace GameDay.Sandbox.Api;

/// <summary>Where a request points: <c>/apis/GROUP/VERSION/namespaces/NS/PLURAL/NAME/SUBRESOURCE/REST</c>.</summary>
internal sealed record ApiPath(string Group, string Version, string? Namespace, string Plural, string? Name, string? Subresource, string Rest)
{
    public static ApiPath? Parse(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["api", var version, .. { Length: > 0 } rest] => Below("", version, rest, EndsWithSlash(path)),
            ["apis", var group, var version, .. { Length: > 0 } rest] => Below(group, version, rest, EndsWithSlash(path)),
            _ => null,
        };
    }

    private static bool EndsWithSlash(string path) => path.EndsWith('/');

    private static ApiPath Below(string group, string version, string[] parts, bool slash)
    {
        string? ns = null;
        if (parts is ["namespaces", var named, not ("status" or "finalize"), ..])
        {
            ns = named;
            parts = parts[2..];
        }

        var rest = parts.Length > 3 ? "/" + string.Join('/', parts[3..]) + (slash ? "/" : "") : "/";
        return new ApiPath(group, version, ns, parts[0], parts.ElementAtOrDefault(1), parts.ElementAtOrDefault(2), rest);
    }
}
