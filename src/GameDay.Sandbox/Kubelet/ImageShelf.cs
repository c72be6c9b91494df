namespace GameDay.Sandbox.Kubelet;

/// <summary>Images that are slow to pull, not there, or end as soon as they start; for containers that start from now on.</summary>
public sealed class ImageShelf
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Pull> _pulls = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = NewChange();

    /// <summary>How an image arrives; the ordinary way is at once.</summary>
    /// <param name="Missing">The registry does not have it.</param>
    /// <param name="Delay">How long pulling takes.</param>
    /// <param name="Crashes">Its process ends with this exit code as soon as it runs; null: it stays.</param>
    public sealed record Pull(bool Missing, TimeSpan Delay, int? Crashes = null)
    {
        public static readonly Pull AtOnce = new(false, TimeSpan.Zero);
    }

    /// <summary>Says how an image arrives; <c>*</c> speaks for all ephemeral containers' images that are not named.</summary>
    public void Set(string image, Pull pull)
    {
        TaskCompletionSource told;
        lock (_gate)
        {
            _pulls[image] = pull;
            (told, _changed) = (_changed, NewChange());
        }

        told.SetResult();
    }

    /// <summary>How an image arrives, and a task that ends when that may have changed.</summary>
    /// <param name="ephemeral">Whether it is for an ephemeral container.</param>
    public (Pull Pull, Task Changed) Find(string image, bool ephemeral)
    {
        lock (_gate)
        {
            return (_pulls.GetValueOrDefault(image) ?? (ephemeral ? _pulls.GetValueOrDefault("*") : null) ?? Pull.AtOnce, _changed.Task);
        }
    }

    /// <summary>Whether something was ever said about an image by its name: its containers are then looked after one by one.</summary>
    public bool Knows(string image)
    {
        lock (_gate)
        {
            return _pulls.ContainsKey(image);
        }
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
