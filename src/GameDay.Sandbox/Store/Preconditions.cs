namespace GameDay.Sandbox.Store;

/// <summary>Writes that were meant for another object, or for an older state of this one, are conflicts.</summary>
internal static class Preconditions
{
    public static void Check(StoredObject current, string? uid, string? resourceVersion)
    {
        var name = current.Key[(current.Key.IndexOf('/', StringComparison.Ordinal) + 1)..];
        if (!string.IsNullOrEmpty(uid) && uid != current.Uid)
        {
            throw ApiException.Conflict(current.Resource, name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {current.Uid}");
        }

        if (ResourceVersions.Parse(resourceVersion) is { } version && version != current.Version)
        {
            throw ApiException.Conflict(
                current.Resource, name, "the object has been modified; please apply your changes to the latest version and try again");
        }
    }
}
