using System.Text.Json.Nodes;
using GameDay.Sandbox.Kernel;
using GameDay.Sandbox.Shop;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Kubelet;

/// <summary>A container that is looked after one by one: pulled, started, probed, restarted with growing pauses, stopped.</summary>
/// <param name="program">What runs in it; null for images that exist by name only.</param>
internal sealed class ShopContainer(PodContext pod, JsonObject spec, Func<ShopProcess, IShopService>? program, Action<ShopContainer> changed)
{
    private const int Killed = 137;
    private const int DefaultPort = 8080;
    private readonly CrashBackOff _backOff = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _gate = new(1);
    private readonly ProbeSpec? _readiness = ProbeSpec.From(spec, "readinessProbe");
    private readonly ProbeSpec? _liveness = ProbeSpec.From(spec, "livenessProbe");
    private CancellationTokenSource _probing = new();
    private IContainerRun? _run;
    private Task _starting = Task.CompletedTask;
    private long _answered;

    public string Name => Status.Name;

    public ContainerLog Log { get; } = new(pod.Clock);

    public ContainerStatus Status { get; private set; } = ContainerStatus.Of(spec, new ContainerState.Waiting("ContainerCreating"));

    /// <summary>Requests answered so far, probes too.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Who holds its process stopped.</summary>
    public ProcessHold Hold { get; } = new();

    /// <summary>Its process as the process table shows it; none while it is not running.</summary>
    public IReadOnlyList<ProcessState> Processes =>
        _run is null ? [] : [new ProcessState(1, Name, Hold.By is null ? "S" : "t", Hold.By)];

    /// <summary>Stops the process until the handle is disposed; null when it does not run or is held already.</summary>
    public IDisposable? TakeHold(string by, Action released) => _run is { } run ? Hold.Take(run.Process, by, released) : null;

    /// <summary>Starts it for the first time; ends when it runs or will not any more.</summary>
    public Task BeginAsync() => _starting = FirstStartAsync();

    private async Task FirstStartAsync()
    {
        try
        {
            await StartAsync();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            Log.Add("stopped before it was started");
        }
        catch (IOException e)
        {
            pod.Record("Warning", "Failed", $"Error: failed to start container: {e.Message}");
        }
    }

    /// <summary>Pulls when it starts for the first time; the image stays on the node. One that crashes does so each time.</summary>
    private async Task StartAsync()
    {
        var pull = Status.RestartCount > 0 ? pod.Services.Images.Find(Status.Image, ephemeral: false).Pull with { Delay = TimeSpan.Zero } : await new ImagePull(pod, Status.Image, ephemeral: false, Waiting).ArrivedAsync(isUnknown: false, _stopping.Token);
        if (pull.Delay == TimeSpan.Zero)
        {
            pod.Record("Normal", "Pulled", $"Container image \"{Status.Image}\" already present on machine");
        }

        pod.Record("Normal", "Created", $"Created container: {Name}");
        _run = program is null ? new IdleRun() : await RunAsync(program);
        Status = Status.Running(pod.Clock.GetUtcNow()) with { Ready = _readiness is null || program is null };
        pod.Record("Normal", "Started", $"Started container {Name}");
        _probing = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        if (program is not null)
        {
            Watch(_readiness, initially: false, "Readiness", SetReady);
            Watch(_liveness, initially: true, "Liveness", healthy => _ = healthy ? Task.CompletedTask : UnhealthyAsync());
        }

        changed(this);
        if (pull.Crashes is { } code)
        {
            _ = KillAsync("Error", code);
        }
    }

    private Task<ShopRun> RunAsync(Func<ShopProcess, IShopService> program)
    {
        int[] ports = [.. spec.Items("ports").Select(port => port.Number("containerPort") ?? DefaultPort).DefaultIfEmpty(DefaultPort)];
        var volume = pod.Services.VolumeOf(pod.Namespace, pod.Born.Items("spec", "volumes").FirstOrDefault().Text("persistentVolumeClaim", "claimName") ?? pod.Uid);
        return ShopRun.StartAsync(pod, ports, volume, [.. spec.Texts("args")], program, Log.Add, () => Interlocked.Increment(ref _answered), _stopping.Token);
    }

    /// <summary>Ends the process as SIGKILL does; the container restarts.</summary>
    /// <param name="reason">What its status says: <c>Error</c>, <c>OOMKilled</c>.</param>
    public async Task KillAsync(string reason = "Error", int code = Killed)
    {
        await _gate.WaitAsync();
        try
        {
            if (_run is { } run && !_stopping.IsCancellationRequested)
            {
                _run = null;
                await EndAsync(run.KillAsync(), reason, code);
                Hold.Release(by: null);
                _ = RestartAsync();
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Ends the container for good: drained within the grace period, or killed at once when it is zero.</summary>
    public async Task StopAsync(TimeSpan grace, CancellationToken killed)
    {
        await _stopping.CancelAsync();
        await _starting;
        await _gate.WaitAsync(CancellationToken.None);
        try
        {
            if (_run is { } run)
            {
                _run = null;
                Hold.Release(by: null);
                await (grace > TimeSpan.Zero ? run.DrainAsync(grace, killed) : run.KillAsync());
            }
        }
        finally
        {
            _gate.Release();
            Log.End();
        }
    }

    private async Task EndAsync(Task ending, string reason, int code)
    {
        await _probing.CancelAsync();
        await ending;
        var now = pod.Clock.GetUtcNow();
        var started = (Status.State as ContainerState.Running)?.StartedAt ?? now;
        var end = new ContainerState.Terminated(code, reason, null, started, now);
        Status = Status with { State = end, Last = end, Ready = false };
        changed(this);
    }

    private async Task RestartAsync()
    {
        try
        {
            var ran = Status.Last is ContainerState.Terminated last ? last.FinishedAt - last.StartedAt : TimeSpan.Zero;
            if (_backOff.Next(ran) is { Ticks: > 0 } pause)
            {
                await PauseAsync(pause);
            }

            Status = Status with { RestartCount = Status.RestartCount + 1 };
            await StartAsync();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            Log.Add("stopped before it was started again");
        }
    }

    private Task PauseAsync(TimeSpan pause)
    {
        var message = $"back-off {pause.TotalSeconds:0}s restarting failed container={Name} pod={pod.Name}_{pod.Namespace}({pod.Uid})";
        Status = Status with { State = new ContainerState.Waiting("CrashLoopBackOff", message) };
        pod.Record("Warning", "BackOff", $"Back-off restarting failed container {Name} in pod {pod.Name}");
        changed(this);
        return Task.Delay(pause, pod.Clock, _stopping.Token);
    }

    private void Waiting(ContainerState.Waiting state)
    {
        Status = Status with { State = state };
        changed(this);
    }

    private void Watch(ProbeSpec? probe, bool initially, string kind, Action<bool> turned)
    {
        if (probe is not null)
        {
            var token = _probing.Token;
            _ = Task.Run(() => WatchAsync(new Probe(probe, pod.Services.Network, pod.Host, pod.Address), initially, kind, turned, token), token);
        }
    }

    private async Task WatchAsync(Probe probe, bool initially, string kind, Action<bool> turned, CancellationToken ct)
    {
        try
        {
            await probe.RunAsync(initially, turned, problem => pod.Record("Warning", "Unhealthy", $"{kind} probe failed: {problem}"), ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return; // the process this probe watched has ended
        }
    }

    private void SetReady(bool ready)
    {
        if (!_probing.IsCancellationRequested)
        {
            Status = Status with { Ready = ready };
            changed(this);
        }
    }

    private Task UnhealthyAsync()
    {
        pod.Record("Normal", "Killing", $"Container {Name} failed liveness probe, will be restarted");
        return KillAsync();
    }
}
