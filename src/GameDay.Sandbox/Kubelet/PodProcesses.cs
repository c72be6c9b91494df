using GameDay.Sandbox.Kernel;

namespace GameDay.Sandbox.Kubelet;

/// <summary>Answers agents about the processes of their pod's containers, each container's server being its process 1.</summary>
internal sealed class PodProcesses(Kubelets kubelets)
{
    public async Task<KernelReply> AnswerAsync(string podUid, ProcessQuestion question, KernelCaller caller)
    {
        if (kubelets.Worker(podUid)?.Shop.FirstOrDefault(c => c.Name == question.Container || c.Status.Id?.EndsWith(question.Container, StringComparison.Ordinal) == true) is not { } container)
        {
            return Problem($"no process of container {question.Container} is to be seen");
        }

        switch (question.Verb)
        {
            case "kill":
                await container.KillAsync();
                break;
            case "release":
                container.Hold.Release(question.Id);
                break;
            case "hold" when container.TakeHold(question.Id, caller.HangUp) is { } hold:
                caller.Keep(hold);
                break;
            case "hold":
                return Problem($"process 1 ({container.Name}) may not be traced: it needs the capability SYS_PTRACE, and nobody else tracing it");
            case "read":
                break;
            default:
                return Problem($"what is \"{question.Verb}\"?");
        }

        return new KernelReply(0, null, null, false, 0, null) { Processes = [.. container.Processes] };
    }

    private static KernelReply Problem(string error) => new(1, null, null, false, 0, error);
}
