using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Kubelet;

/// <summary>The state of one container, as its pod's status tells it.</summary>
public sealed record ContainerStatus(string Name, string Image, ContainerState State)
{
    public string? Id { get; init; }

    public bool Ready { get; init; }

    public int RestartCount { get; init; }

    public ContainerState? Last { get; init; }

    public static ContainerStatus Of(JsonObject spec, ContainerState state) => new(spec.Text("name") ?? "", spec.Text("image") ?? "", state);

    public ContainerStatus Running(DateTimeOffset at) =>
        this with { State = new ContainerState.Running(at), Id = "containerd://" + Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N") };

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["name"] = Name,
            ["state"] = State.ToJson(Id),
            ["lastState"] = Last?.ToJson(Id) ?? [],
            ["ready"] = Ready,
            ["restartCount"] = RestartCount,
            ["image"] = Image,
            ["imageID"] = Id is null ? "" : "sandbox://" + Image,
        };
        json.Put("containerID", Id);
        json.Put("started", State is ContainerState.Running);
        return json;
    }
}

/// <summary>Waiting, running or terminated.</summary>
public abstract record ContainerState
{
    public abstract JsonObject ToJson(string? id);

    /// <summary>Not started: <c>ContainerCreating</c>, <c>CrashLoopBackOff</c>, <c>ErrImagePull</c>, …</summary>
    public sealed record Waiting(string Reason, string? Message = null) : ContainerState
    {
        public override JsonObject ToJson(string? id)
        {
            var detail = new JsonObject { ["reason"] = Reason };
            detail.Put("message", Message);
            return new JsonObject { ["waiting"] = detail };
        }
    }

    public sealed record Running(DateTimeOffset StartedAt) : ContainerState
    {
        public override JsonObject ToJson(string? id) => new() { ["running"] = new JsonObject { ["startedAt"] = StartedAt.ToKubernetesTime() } };
    }

    /// <param name="Message">The termination message, at most 4 kB.</param>
    public sealed record Terminated(int ExitCode, string Reason, string? Message, DateTimeOffset StartedAt, DateTimeOffset FinishedAt) : ContainerState
    {
        public override JsonObject ToJson(string? id)
        {
            var detail = new JsonObject
            {
                ["exitCode"] = ExitCode,
                ["reason"] = Reason,
                ["startedAt"] = StartedAt.ToKubernetesTime(),
                ["finishedAt"] = FinishedAt.ToKubernetesTime(),
            };
            detail.Put("message", string.IsNullOrEmpty(Message) ? null : Message);
            detail.Put("containerID", id);
            return new JsonObject { ["terminated"] = detail };
        }
    }
}
