using System.Collections.Concurrent;

namespace GameDay.Sandbox.Kubelet;

/// <summary>Nodes whose kubelet neither hears nor says anything; what runs there goes on running.</summary>
public sealed class SilentNodes
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _silent = new(StringComparer.Ordinal);

    public bool Contains(string node) => _silent.ContainsKey(node);

    /// <summary>False when it is silent already.</summary>
    public bool Add(string node) => _silent.TryAdd(node, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>False when it was not silent.</summary>
    public bool Remove(string node)
    {
        var was = _silent.TryRemove(node, out var back);
        back?.SetResult();
        return was;
    }

    /// <summary>Ends when the node's kubelet speaks: at once, almost always.</summary>
    public Task SpeaksAsync(string node, CancellationToken ct) =>
        _silent.TryGetValue(node, out var back) ? back.Task.WaitAsync(ct) : Task.CompletedTask;
}
