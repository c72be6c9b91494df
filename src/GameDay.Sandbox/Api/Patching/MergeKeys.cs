namespace GameDay.Sandbox.Api.Patching;

/// <summary>Which lists of objects merge by which key, as the <c>patchMergeKey</c> tags of the Go types say. Others are replaced.</summary>
internal static class MergeKeys
{
    private static readonly Dictionary<string, string> Keys = new(StringComparer.Ordinal)
    {
        ["containers"] = "name",
        ["initContainers"] = "name",
        ["ephemeralContainers"] = "name",
        ["volumes"] = "name",
        ["env"] = "name",
        ["volumeMounts"] = "mountPath",
        ["volumeDevices"] = "devicePath",
        ["imagePullSecrets"] = "name",
        ["secrets"] = "name",
        ["conditions"] = "type",
        ["addresses"] = "type",
        ["hostAliases"] = "ip",
        ["podIPs"] = "ip",
        ["hostIPs"] = "ip",
        ["ownerReferences"] = "uid",
        ["topologySpreadConstraints"] = "topologyKey",
        ["resourceClaims"] = "name",
    };

    private static readonly HashSet<string> Sets = new(StringComparer.Ordinal) { "finalizers", "podCIDRs" };

    /// <param name="parent">The list's owner; ports of a container merge by containerPort, of a service by port.</param>
    public static string? Of(string field, string parent) =>
        field == "ports" ? parent is "containers" or "initContainers" or "ephemeralContainers" ? "containerPort" : "port" : Keys.GetValueOrDefault(field);

    /// <summary>Lists of plain values that merge as sets.</summary>
    public static bool IsSet(string field) => Sets.Contains(field);
}
