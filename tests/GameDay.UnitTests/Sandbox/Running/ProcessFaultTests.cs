using GameDay.Agent.Processes;
using GameDay.Sandbox.Kernel;
using GameDay.Sandbox.Kubelet;
using GameDay.Sandbox.Network;
using GameDay.Sandbox.Store;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox.Running;

/// <summary>What an agent does to a shop container's process, seen by traffic.</summary>
public sealed class ProcessFaultTests : IAsyncLifetime
{
    private const string Id = "ab12cd34";
    private static readonly ProcessScope Whole = new(null, null);
    private readonly PodKernels _kernels = new(TimeProvider.System, NullLogger<PodKernels>.Instance);
    private readonly Stage _stage;

    public ProcessFaultTests()
    {
        _stage = new Stage(_kernels);
        _kernels.Processes = new PodProcesses(_stage.Workloads.Kubelets);
    }

    public async ValueTask InitializeAsync() => await _stage.OpenShopAsync("payments");

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        _kernels.Dispose();
    }

    [Fact]
    public async Task A_held_process_keeps_its_connections_answers_nothing_and_goes_on_when_let_go()
    {
        var processes = Processes();
        (await processes.ReadAsync(Whole, default)).Single().State.ShouldBe("S");
        var hold = await processes.HoldAsync(Whole, Id, default);

        (await processes.ReadAsync(Whole, default)).Single().ShouldBe(new TargetProcess(1, "payments", "t", Id));
        var answer = GetAsync();
        (await Task.WhenAny(answer, Task.Delay(500, TestContext.Current.CancellationToken))).ShouldNotBe(answer);
        await hold.DisposeAsync();

        (await answer).ShouldBe(200);
        await Until.HoldsAsync(async () => (await processes.ReadAsync(Whole, default)).Single().HeldBy is null, "nobody holds it");
    }

    [Fact]
    public async Task Another_agent_releases_by_id_and_the_holder_hears_of_it()
    {
        var processes = Processes();
        await using var hold = await processes.HoldAsync(Whole, Id, default);

        await processes.ReleaseAsync(Whole, "00000000", default);
        (await processes.ReadAsync(Whole, default)).Single().HeldBy.ShouldBe(Id);
        await Should.ThrowAsync<ProcessProblem>(() => processes.HoldAsync(Whole, "00000000", default));
        await processes.ReleaseAsync(Whole, Id, default);

        await hold.Ended.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        (await GetAsync()).ShouldBe(200);
    }

    [Fact]
    public async Task A_killed_process_restarts_and_takes_its_hold_with_it()
    {
        var processes = Processes();
        await using var hold = await processes.HoldAsync(Whole, Id, default);

        await processes.KillAsync(Whole, default);

        await hold.Ended.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await Until.HoldsAsync(() => _stage.Pod("payments-0").Items("status", "containerStatuses").Single().Number("restartCount") == 1, "it restarted");
        await Until.HoldsAsync(async () => await processes.ReadAsync(Whole, default) is [{ State: "S" }], "it runs");
    }

    private SandboxProcesses Processes() => new(_kernels.Open(_stage.Pod("payments-0").Uid()), "payments");

    private async Task<int> GetAsync()
    {
        using var http = new PodHttp(_stage.Network, _stage.Host);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{_stage.From("payments-0").Address}:8080/healthz");
        using var answer = await http.Client.SendAsync(request, CancellationToken.None);
        return (int)answer.StatusCode;
    }
}
