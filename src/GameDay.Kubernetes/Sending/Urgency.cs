namespace GameDay.Kubernetes;

/// <summary>Marks work that must not queue: what undoes, proves or stops never waits behind what somebody merely looks at.</summary>
public static class Urgency
{
    private static readonly AsyncLocal<bool> Here = new();

    internal static bool IsUrgent => Here.Value;

    /// <summary>Every call to a cluster inside, however deep, goes out at once. It still counts, so that the others wait longer.</summary>
    public static async Task<T> UrgentlyAsync<T>(Func<Task<T>> work)
    {
        // Ends with this method: what it sets in an async method is never seen by the caller.
        Here.Value = true;
        return await work();
    }

    /// <inheritdoc cref="UrgentlyAsync{T}(Func{Task{T}})"/>
    public static async Task UrgentlyAsync(Func<Task> work)
    {
        Here.Value = true;
        await work();
    }
}
