namespace GameDay.Sandbox.Network;

/// <summary>
/// Whether a process runs. One that is stopped keeps its sockets: the kernel still accepts connections for it, and nothing answers.
/// </summary>
public sealed class Freezer
{
    private volatile TaskCompletionSource? _stopped;

    public bool IsStopped => _stopped is not null;

    public void Stop() => _stopped ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Continue()
    {
        var stopped = _stopped;
        _stopped = null;
        stopped?.TrySetResult();
    }

    /// <summary>Ends when the process runs: at once, almost always.</summary>
    public ValueTask RunsAsync(CancellationToken ct) => _stopped is { } stopped ? new ValueTask(stopped.Task.WaitAsync(ct)) : ValueTask.CompletedTask;
}
