namespace GameDay.Sandbox.Kubelet;

/// <summary>Images that are slow to pull or not there, for ephemeral containers that start from now on.</summary>
public sealed class ImageShelf
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Pull> _pulls = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = NewChange();

    /// <summary>How an image arrives; the ordinary way is at once.</summary>
    /// <param name="Missing">The registry does not have it.</param>
    /// <param name="Delay">How long pulling takes.</param>
    public sealed record Pull(bool Missing, TimeSpan Delay)
    {
        public static readonly Pull AtOnce = new(false, TimeSpan.Zero);
    }

    /// <summary>Says how an image arrives; <c>*</c> speaks for all that are not named.</summary>
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
    public (Pull Pull, Task Changed) Find(string image)
    {
        lock (_gate)
        {
            return (_pulls.GetValueOrDefault(image) ?? _pulls.GetValueOrDefault("*") ?? Pull.AtOnce, _changed.Task);
        }
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
