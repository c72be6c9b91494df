using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Kubelet;

/// <summary>An ephemeral container: the real agent as a process against its pod's kernel. It runs once and never restarts.</summary>
internal sealed class AgentContainer
{
    private const int LongestMessage = 4096;
    private const int NotFound = 127;
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);
    private readonly PodContext _pod;
    private readonly JsonObject _spec;
    private readonly Action _changed;
    private readonly string _terminationLog;
    private readonly CancellationTokenSource _ending = new();
    private Process? _process;
    private Task _life = Task.CompletedTask;
    private volatile string _killedFor = "Error";

    public AgentContainer(PodContext pod, JsonObject spec, Action changed)
    {
        (_pod, _spec, _changed) = (pod, spec, changed);
        Status = ContainerStatus.Of(spec, new ContainerState.Waiting("ContainerCreating"));
        Log = new ContainerLog(pod.Clock);
        _terminationLog = Path.Combine(pod.Services.Directory, $"{pod.Uid}-{Status.Name}.termination");
    }

    public ContainerLog Log { get; }

    public ContainerStatus Status { get; private set; }

    /// <summary>The container whose processes this one shares, and whose end it dies of.</summary>
    public string? Target => _spec.Text("targetContainerName");

    public bool IsRunning => Status.State is ContainerState.Running;

    /// <summary>What its process used so far; null when none runs.</summary>
    public Work? Use()
    {
        try
        {
            _process?.Refresh();
            return IsRunning && _process is { } process ? new Work(Status.Name, 0, new ProcessUse(process.TotalProcessorTime, process.WorkingSet64)) : null;
        }
        catch (InvalidOperationException)
        {
            return null; // it ended meanwhile
        }
    }

    public void Start() => _ = PullAndRunAsync();

    private async Task PullAndRunAsync()
    {
        try
        {
            var isUnknown = _pod.Services.Agent is null || !AgentExecutable.IsAgent(Status.Image);
            await new ImagePull(_pod, Status.Image, ephemeral: true, Waiting).ArrivedAsync(isUnknown, _ending.Token);
            _ending.Token.ThrowIfCancellationRequested();
            Run(_pod.Services.Agent!);
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            Log.End(); // the pod went before its image came
        }
        catch (Win32Exception problem)
        {
            Terminated(NotFound, "StartError", $"failed to start containerd task: {problem.Message}");
        }
    }

    private void Run(AgentExecutable agent)
    {
        string[] line = [.. _spec.Texts("command"), .. _spec.Texts("args")];
        if ((_spec.At("command") is null ? line : AgentExecutable.Arguments(line)) is not { } arguments)
        {
            NotStarted(line[0]);
            return;
        }

        File.WriteAllBytes(_terminationLog, []);
        _pod.Record("Normal", "Started", $"Started container {Status.Name}");
        _process = Process.Start(Prepare(agent, arguments))!;
        _process.StandardInput.Close();
        Status = Status.Running(_pod.Clock.GetUtcNow());
        _changed();
        _life = FollowAsync(_process);
    }

    /// <summary>Another process of the same image in the same container, for exec.</summary>
    public ProcessStartInfo? PrepareExec(IReadOnlyList<string> command) =>
        AgentExecutable.Arguments(command) is { } arguments ? Prepare(_pod.Services.Agent!, arguments) : null;

    /// <summary>SIGTERM, so that the agent reverts, then SIGKILL at the end of the grace period.</summary>
    public async Task StopAsync(TimeSpan grace, CancellationToken killed)
    {
        await _ending.CancelAsync();
        if (_process is not { } process || !IsRunning)
        {
            return;
        }

        if (grace > TimeSpan.Zero && PosixSignals.Terminate(process.Id))
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(killed);
            limit.CancelAfter(grace);
            await Task.WhenAny(process.WaitForExitAsync(CancellationToken.None), Task.Delay(Timeout.Infinite, limit.Token));
        }

        Kill();
        await _life;
    }

    /// <summary>SIGKILL for every process of the container; false when none runs.</summary>
    /// <param name="reason">What its status says: <c>Error</c>, <c>OOMKilled</c>.</param>
    public bool Kill(string reason = "Error")
    {
        if (!IsRunning || _process is not { } process)
        {
            return false;
        }

        _killedFor = reason;
        process.Kill(entireProcessTree: true);
        return true;
    }

    public void End()
    {
        Log.End();
        _process?.Dispose();
        _ending.Dispose();
        File.Delete(_terminationLog);
    }

    private ProcessStartInfo Prepare(AgentExecutable agent, IReadOnlyList<string> arguments)
    {
        var environment = AgentExecutable.Environment(_pod, _spec);
        environment["GAMEDAY_KERNEL"] = "unix:" + _pod.Services.Kernel.Open(_pod.Uid);
        environment["GAMEDAY_TERMINATION_LOG"] = _terminationLog;
        if (Target is { } target)
        {
            environment["GAMEDAY_TARGET"] = target;
        }

        return agent.Prepare(arguments, environment);
    }

    private async Task FollowAsync(Process process)
    {
        var copied = Task.WhenAll(CopyAsync(process.StandardOutput), CopyAsync(process.StandardError));
        await process.WaitForExitAsync();
        await Task.WhenAny(copied, Task.Delay(LastWords, _pod.Clock)); // a child may still hold the pipes
        Terminated(process.ExitCode, process.ExitCode == 0 ? "Completed" : _killedFor, Message());
    }

    private async Task CopyAsync(StreamReader lines)
    {
        while (await lines.ReadLineAsync() is { } line)
        {
            Log.Add(line);
        }
    }

    private string Message()
    {
        if (!File.Exists(_terminationLog))
        {
            return "";
        }

        var text = File.ReadAllText(_terminationLog);
        return text.Length > LongestMessage ? text[^LongestMessage..] : text;
    }

    private void NotStarted(string program) =>
        Terminated(NotFound, "StartError", $"failed to start containerd task: exec: \"{program}\": executable file not found in $PATH: unknown");

    private void Terminated(int code, string reason, string message)
    {
        var now = _pod.Clock.GetUtcNow();
        var started = (Status.State as ContainerState.Running)?.StartedAt ?? now;
        Status = Status with { State = new ContainerState.Terminated(code, reason, message, started, now) };
        Log.End();
        _changed();
    }

    private void Waiting(ContainerState.Waiting state)
    {
        Status = Status with { State = state };
        _changed();
    }
}
