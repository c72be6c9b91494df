using System.Runtime.CompilerServices;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Kubelet;

/// <summary>The last lines a container wrote, and a way to follow what it writes next.</summary>
public sealed class ContainerLog(TimeProvider clock)
{
    private const int Kept = 400;
    private readonly Lock _gate = new();
    private readonly Queue<LogLine> _lines = new();
    private TaskCompletionSource? _news;
    private long _written;
    private bool _ended;

    public void Add(string text)
    {
        lock (_gate)
        {
            _lines.Enqueue(new LogLine(clock.GetUtcNow(), text));
            _written++;
            if (_lines.Count > Kept)
            {
                _lines.Dequeue();
            }

            Tell();
        }
    }

    /// <summary>The container is gone for good: followers end.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            Tell();
        }
    }

    public async IAsyncEnumerable<LogLine> ReadAsync(LogOptions options, [EnumeratorCancellation] CancellationToken ct)
    {
        var (lines, next) = Since(0);
        var wanted = lines.Where(line => line.At >= (options.Since ?? DateTimeOffset.MinValue)).ToList();
        foreach (var line in wanted.Skip(Math.Max(0, wanted.Count - (options.TailLines ?? int.MaxValue))))
        {
            yield return line;
        }

        while (options.Follow && await MoreAsync(next, ct))
        {
            (lines, next) = Since(next);
            foreach (var line in lines)
            {
                yield return line;
            }
        }
    }

    private (List<LogLine> Lines, long Next) Since(long seen)
    {
        lock (_gate)
        {
            var fresh = (int)Math.Min(_written - seen, _lines.Count);
            return ([.. _lines.Skip(_lines.Count - fresh)], _written);
        }
    }

    private async Task<bool> MoreAsync(long seen, CancellationToken ct)
    {
        while (true)
        {
            Task news;
            lock (_gate)
            {
                if (_written > seen || _ended)
                {
                    return _written > seen;
                }

                news = (_news ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await news.WaitAsync(ct);
        }
    }

    private void Tell()
    {
        _news?.TrySetResult();
        _news = null;
    }
}
