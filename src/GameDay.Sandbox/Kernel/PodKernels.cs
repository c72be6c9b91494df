using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Kernel.Nft;
using GameDay.Sandbox.Kubelet;
using GameDay.Sandbox.Network;
using Microsoft.Extensions.Logging;

namespace GameDay.Sandbox.Kernel;

/// <summary>Opens a connection from a pod's own address, through policies and delays, and closes it.</summary>
/// <exception cref="SocketException">Refused, unreachable.</exception>
public delegate Task DialFromPod(string podUid, string host, int port, CancellationToken ct);

/// <summary>The kernels of all pods of this sandbox. A pod without rules has one only once its first agent asks for it.</summary>
public sealed class PodKernels : IPodKernel, IDisposable
{
    private readonly ConcurrentDictionary<string, Namespaced> _pods = new(StringComparer.Ordinal);
    private readonly Lock _opening = new();
    private readonly string _directory;
    private readonly TimeProvider _clock;
    private readonly ILogger<PodKernels> _log;
    private readonly Random _chance;
    private int _sockets;

    /// <param name="seed">Of netem's jitter.</param>
    public PodKernels(TimeProvider clock, ILogger<PodKernels> log, int seed = 1)
    {
        (_clock, _log, _chance) = (clock, log, new Random(seed));
        // Not below the data directory: a socket's path must stay under 108 characters.
        _directory = Directory.CreateTempSubdirectory("gdk-").FullName;
    }

    /// <summary>How an agent's <c>connect</c> is done. Set once the network stands, which in turn needs this object.</summary>
    public DialFromPod? Dial { get; set; }

    /// <summary>Who answers for the pods' processes; set as <see cref="Dial"/> is.</summary>
    internal PodProcesses? Processes { get; set; }

    /// <summary>Every pod's default gateway.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>What kernels opened from now on have.</summary>
    public KernelFeatures Features { get; set; } = KernelFeatures.Complete;

    /// <inheritdoc />
    public string Open(string podUid)
    {
        lock (_opening)
        {
            if (!_pods.TryGetValue(podUid, out var pod))
                _pods[podUid] = pod = Start(podUid);
            return pod.Socket.Path;
        }
    }

    /// <inheritdoc />
    public void Close(string podUid)
    {
        if (_pods.TryRemove(podUid, out var pod))
            pod.Socket.Dispose();
    }

    /// <summary>How long a packet of the pod to this destination waits now.</summary>
    public TimeSpan EgressDelay(string podUid, IPAddress destination, int port) => Find(podUid)?.EgressDelay(destination, port) ?? TimeSpan.Zero;

    /// <inheritdoc />
    public bool Drops(string podUid, Packet packet) => Find(podUid)?.Drops(packet) ?? false;

    /// <inheritdoc />
    public bool Loses(string podUid, Packet packet) => Find(podUid)?.Loses(packet) ?? false;

    /// <inheritdoc />
    public TimeSpan Hold(string podUid, Packet packet, int bytes) => Find(podUid)?.Hold(packet, bytes) ?? TimeSpan.Zero;

    /// <summary>The pod's kernel, when it was opened.</summary>
    public PodKernel? Find(string podUid) => _pods.TryGetValue(podUid, out var pod) ? pod.Kernel : null;

    /// <summary>The uids of the pods whose kernel was opened and is not closed.</summary>
    public IReadOnlyCollection<string> Opened => [.. _pods.Keys];

    /// <summary>The state for a judge; an unopened kernel is an empty one.</summary>
    public JsonObject Describe(string podUid) => (Find(podUid) ?? new PodKernel(_clock, _chance, Features)).Describe();

    public void Dispose()
    {
        foreach (var uid in _pods.Keys)
            Close(uid);
        Directory.Delete(_directory, recursive: true);
    }

    private Namespaced Start(string podUid)
    {
        var kernel = new PodKernel(_clock, new Random(_chance.Next()), Features, Gateway);
        var path = Path.Combine(_directory, (++_sockets).ToString(CultureInfo.InvariantCulture));
        return new Namespaced(kernel, new KernelSocket(path, (question, caller, ct) => AnswerAsync(podUid, kernel, question, caller, ct), _log));
    }

    private async Task<KernelReply> AnswerAsync(string podUid, PodKernel kernel, KernelQuestion question, KernelCaller caller, CancellationToken ct)
    {
        if (question.Process is { } process)
            return await (Processes ?? throw new InvalidOperationException("no kubelet answers for processes")).AnswerAsync(podUid, process, caller);
        if (question.Connect is { } wanted)
            return await ConnectAsync(podUid, wanted, ct);
        if (question.Read is { } path)
            return PodDevices.File(path) is { } text ? new KernelReply(0, text, "", false, 0, null) : new KernelReply(1, "", "No such file or directory", false, 0, null);
        var answer = kernel.Run(question.Program ?? "", question.Args ?? [], question.Stdin);
        return new KernelReply(answer.Exit, answer.Stdout, answer.Stderr, false, 0, null);
    }

    private async Task<KernelReply> ConnectAsync(string podUid, WantedConnection wanted, CancellationToken ct)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(ct);
        giveUp.CancelAfter(wanted.TimeoutMs);
        var started = Stopwatch.GetTimestamp();
        string? error = null;
        try
        {
            await (Dial ?? throw new SocketException((int)SocketError.NetworkDown))(podUid, wanted.Address, wanted.Port, giveUp.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            error = $"no answer within {wanted.TimeoutMs} ms";
        }
        catch (SocketException e)
        {
            error = e.SocketErrorCode == SocketError.ConnectionRefused ? "connection refused" : e.SocketErrorCode.ToString();
        }
        return new KernelReply(0, null, null, error is null, Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 3), error);
    }

    private sealed record Namespaced(PodKernel Kernel, KernelSocket Socket);
}
