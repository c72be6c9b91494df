using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>Writes that hold only if nobody was first. Losing is an answer here, not an error.</summary>
internal static class Conditional
{
    private const int MostTries = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);

    /// <summary>Null when the name is taken.</summary>
    public static async Task<T?> CreatedAsync<T>(KubernetesClient client, T body, CancellationToken ct)
        where T : class, IKubernetesObject
    {
        try
        {
            return await client.CreateAsync(body, cancellationToken: ct);
        }
        catch (KubernetesException first) when (first.IsConflict)
        {
            return null;
        }
    }

    /// <summary>False when somebody moved or removed it since it was read.</summary>
    public static async Task<bool> ReplacedAsync<T>(KubernetesClient client, T body, CancellationToken ct)
        where T : class, IKubernetesObject
    {
        try
        {
            await client.ReplaceAsync(body, cancellationToken: ct);
            return true;
        }
        catch (KubernetesException moved) when (moved.IsConflict || moved.IsNotFound)
        {
            return false;
        }
    }

    /// <summary>Deletes exactly what was read; false when it moved on since.</summary>
    public static async Task<bool> DeletedAsync<T>(KubernetesClient client, V1ObjectMeta read, CancellationToken ct)
        where T : class, IKubernetesObject
    {
        try
        {
            return await client.DeleteAsync<T>(read.Name!, read.Namespace, V1DeleteOptions.Exactly(read.Uid!, read.ResourceVersion), cancellationToken: ct);
        }
        catch (KubernetesException moved) when (moved.IsConflict)
        {
            return false;
        }
    }

    /// <summary>
    /// Reads, decides and writes; when somebody else wrote in between, all of it again, so that what is written always follows
    /// from what was read. The last 409 is the caller's.
    /// </summary>
    public static async Task<T> AgainWhenMovedAsync<T>(Func<Task<T>> readAndWrite)
    {
        for (var left = MostTries; ; left--)
        {
            try
            {
                return await readAndWrite();
            }
            catch (KubernetesException moved) when (moved.IsConflict && left > 1)
            {
                // Status is written to the same object, often several times a second while pods come and go.
                await Task.Delay(Pause);
            }
        }
    }
}
