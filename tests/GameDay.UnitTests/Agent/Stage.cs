using System.Globalization;
using System.Net;
using System.Text.Json;
using GameDay.Agent;
using GameDay.Agent.Kernel;
using GameDay.Agent.Options;
using GameDay.Agent.Processes;
using GameDay.Sandbox.Kernel;
using Shouldly;

namespace GameDay.UnitTests.Agent;

/// <summary>The agent's verbs against a pod's stand-in kernel, in one process and on a clock that the test moves.</summary>
public sealed class Stage : IKernel
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    public const string Id = "ab12cd34";
    private readonly StringWriter _output = new();
    private bool _dead;

    public Stage(KernelFeatures? features = null) => Pod = new PodKernel(Clock, new Random(1), features ?? KernelFeatures.Complete);

    public ManualClock Clock { get; } = new(Noon);

    public PodKernel Pod { get; }

    public List<string> Calls { get; } = [];

    public JsonElement[] Evidence =>
        [.. _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    public JsonElement Last => Evidence[^1];

    public string State => Last.GetProperty("state").GetString()!;

    public string Reason => Last.GetProperty("reason").GetString()!;

    /// <summary>Instead of the output that the test reads.</summary>
    public TextWriter? Output { get; init; }

    /// <summary>How many calls of tools fail from now on, as when there is no memory for another process.</summary>
    public int Failing { get; set; }

    /// <summary>What is below /proc and /sys.</summary>
    public Dictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>The probe's socket fails as no socket should.</summary>
    public bool ProbeBreaks { get; set; }

    public Task<int> RunAsync(string words, CancellationToken stop = default) => AgentProgram.RunAsync(
        CommandLine.Parse(words.Split(' ', StringSplitOptions.RemoveEmptyEntries)), this, new EvidenceSink(Output ?? _output, null), Clock, stop);

    public static string InjectWords(string extra = "", int notAfter = 30) => string.Create(
        CultureInfo.InvariantCulture,
        $"inject --id {Id} --delay 400ms --to 10.0.0.2,10.96.0.9 --duration 30s --deadline-in 60s --not-after {Noon.AddSeconds(notAfter):yyyy-MM-ddTHH:mm:ssZ} {extra}");

    /// <summary>Starts an injection and moves the clock until its fault is reported active.</summary>
    public async Task<Task<int>> InjectAsync(string extra = "", CancellationToken stop = default)
    {
        var running = RunAsync(InjectWords(extra), stop);
        for (var tries = 0; tries < 200 && Evidence.Length == 0; tries++)
            await Task.Delay(10);
        State.ShouldBe("active");
        return running;
    }

    /// <summary>Moves the clock in small steps until the injection has ended.</summary>
    public async Task<int> EndAsync(Task<int> running)
    {
        for (var tries = 0; tries < 1000 && !running.IsCompleted; tries++)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Delay(1);
        }
        return await running;
    }

    public TimeSpan DelayTo(string address, int port = 8080) => Pod.EgressDelay(IPAddress.Parse(address), port);

    /// <summary>No call of a process started so far ever reaches the kernel again.</summary>
    public void KillProcesses() => _dead = true;

    public Task<ToolResult> RunAsync(ToolCall call, CancellationToken ct)
    {
        if (_dead)
            return new TaskCompletionSource<ToolResult>().Task;
        Calls.Add(call.ToString());
        if (Failing > 0)
        {
            Failing--;
            return Task.FromResult(new ToolResult(1, "", "Cannot allocate memory"));
        }
        var answer = Pod.Run(call.Program, call.Args, call.Stdin);
        return Task.FromResult(new ToolResult(answer.Exit, answer.Stdout, answer.Stderr));
    }

    public IProcesses Processes => throw new InvalidOperationException("no test on this stage looks at processes");

    public Task<ConnectResult> ConnectAsync(IPEndPoint to, TimeSpan timeout, CancellationToken ct)
    {
        if (ProbeBreaks && Pod.EgressDelay(to.Address, to.Port) > TimeSpan.Zero)
            throw new InvalidOperationException("a defect");
        var wait = 0.5 + Pod.EgressDelay(to.Address, to.Port).TotalMilliseconds;
        return Task.FromResult(wait < timeout.TotalMilliseconds ? new ConnectResult(true, wait, null) : new ConnectResult(false, timeout.TotalMilliseconds, "no answer"));
    }

    public Task<string?> ReadAsync(string path, CancellationToken ct) => Task.FromResult(Files.GetValueOrDefault(path));

    public Task<IHeldTables> HoldAsync(Func<string> script, CancellationToken ct) => throw new GameDay.Agent.Network.KernelProblem("no redirects here");
}
