using GameDay.Sandbox.Kubelet;
using GameDay.Sandbox.Store;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox.Running;

/// <summary>A shell script stands in for the agent: only how it is run is of interest here.</summary>
public sealed class AgentContainerTests : IAsyncDisposable
{
    private const string Image = "gameday/agent:1";
    private const string Script = """
        #!/bin/sh
        case "$1" in
          report) echo "$GAMEDAY_KERNEL"; printf '{"state":"%s"}' "$WORD" > "$GAMEDAY_TERMINATION_LOG"; exit 3 ;;
          wait) echo waiting; exec sleep 600 ;;
        esac
        """;

    private readonly string _agent = Path.GetTempFileName();
    private readonly Stage _stage;

    public AgentContainerTests()
    {
        File.WriteAllText(_agent, Script);
        File.SetUnixFileMode(_agent, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _stage = new Stage(_agent);
        _stage.AddPod("ghost", "nginx:1");
    }

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        File.Delete(_agent);
    }

    [Fact]
    public async Task The_agent_runs_as_a_process_and_its_evidence_becomes_the_termination_message()
    {
        _stage.AddAgent("ghost", "gameday-1", Image, "report");
        await Until.HoldsAsync(() => _stage.AgentState("ghost", "gameday-1").At("terminated") is not null, "the agent has ended");

        var end = _stage.AgentState("ghost", "gameday-1").At("terminated");
        end.Number("exitCode").ShouldBe(3);
        end.Text("reason").ShouldBe("Error");
        end.Text("message").ShouldBe("""{"state":"well"}""");
        var log = await _stage.Workloads.PodRuntime.LogsAsync("shop", "ghost", "gameday-1", new LogOptions(), CancellationToken.None).FirstAsync();
        log.Text.ShouldBe("unix:" + _stage.Kernel.Open(_stage.Pod("ghost").Uid()));
    }

    [Fact]
    public async Task Exec_runs_the_agent_again_while_it_lives()
    {
        _stage.AddAgent("ghost", "gameday-1", Image, "wait");
        await Until.HoldsAsync(() => _stage.AgentState("ghost", "gameday-1").At("running") is not null, "the agent runs");

        var (code, output) = await _stage.ExecAsync("ghost", "gameday-1", "/gameday-agent", "report");
        code.ShouldBe(3);
        output.ShouldStartWith("unix:");
    }

    [Fact]
    public async Task An_image_that_cannot_be_pulled_leaves_it_waiting()
    {
        _stage.AddAgent("ghost", "other", "example.com/other:1");
        await Until.HoldsAsync(() => _stage.AgentState("ghost", "other").Text("waiting", "reason") == "ImagePullBackOff", "the pull backs off");
    }

    [Fact]
    public async Task An_image_that_arrives_late_starts_late()
    {
        _stage.Workloads.Images.Set(Image, new ImageShelf.Pull(Missing: true, TimeSpan.Zero));
        _stage.AddAgent("ghost", "gameday-1", Image, "wait");
        await Until.HoldsAsync(() => _stage.AgentState("ghost", "gameday-1").Text("waiting", "reason") == "ImagePullBackOff", "the pull backs off");

        _stage.Workloads.Images.Set(Image, new ImageShelf.Pull(Missing: false, TimeSpan.FromSeconds(1)));

        await Until.HoldsAsync(() => _stage.AgentState("ghost", "gameday-1").At("running") is not null, "the agent runs");
    }

    [Fact]
    public async Task An_agent_without_memory_ends_with_137_and_says_so()
    {
        _stage.AddAgent("ghost", "gameday-1", Image, "wait");
        await Until.HoldsAsync(() => _stage.AgentState("ghost", "gameday-1").At("running") is not null, "the agent runs");

        (await _stage.Workloads.Kubelets.KillContainerAsync(_stage.Pod("ghost").Uid(), "gameday-1", "OOMKilled")).ShouldBeTrue();

        await Until.HoldsAsync(() => _stage.AgentState("ghost", "gameday-1").At("terminated") is not null, "the agent has ended");
        var end = _stage.AgentState("ghost", "gameday-1").At("terminated");
        (end.Number("exitCode"), end.Text("reason")).ShouldBe((137, "OOMKilled"));
        (await _stage.Workloads.Kubelets.KillContainerAsync(_stage.Pod("ghost").Uid(), "gameday-1", "OOMKilled")).ShouldBeFalse();
    }

    [Fact]
    public async Task When_its_pod_goes_the_agent_is_killed()
    {
        _stage.AddAgent("ghost", "gameday-1", Image, "wait");
        await Until.HoldsAsync(() => _stage.AgentState("ghost", "gameday-1").At("running") is not null, "the agent runs");
        var pod = _stage.Pod("ghost");
        _stage.Store.Delete(ResourceTypes.Pods, "shop", "ghost", DeleteOptions.Now);

        await Until.HoldsAsync(() => _stage.Kernel.Closed.Contains(pod.Uid()), "everything of the pod has ended");
    }
}
