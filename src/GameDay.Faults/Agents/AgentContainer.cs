using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Agents;

/// <summary>
/// The fault agent in ephemeral containers of one very pod. Each verb runs in a container of its own, named
/// <c>gameday-&lt;id&gt;-&lt;n&gt;</c>: none can be used twice, changed or removed while the pod lives.
/// </summary>
public sealed class AgentContainer(KubernetesClient client, FaultOptions options, string @namespace, string pod, string uid, string shortId, SharedProcesses? shared = null)
{
    public const int MostPerPod = 20;
    private static readonly Version EphemeralContainers = new(1, 23);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Adds a container and returns its name at once; it may start late or, with an image that cannot be pulled, never.</summary>
    /// <param name="prefix"><c>gameday</c> for verbs of the injection, <c>gameday-undo</c> for a fresh one that reverts.</param>
    /// <param name="verb">Command line of the agent.</param>
    /// <param name="needsNetAdmin">Verbs that touch the kernel's network, or shared processes; connect needs nothing.</param>
    /// <exception cref="FaultRefused">The pod is gone or replaced, or holds too many agents; nothing was added.</exception>
    public async Task<string> StartAsync(string prefix, IReadOnlyList<string> verb, bool needsNetAdmin, bool dryRun, CancellationToken ct)
    {
        var name = FreeName(await ReadAsync(ct), prefix);
        await AddAsync(name, verb, needsNetAdmin, dryRun, ct);
        return name;
    }

    /// <summary>Adds a container under this very name. A name can be given once in a pod's life: 422 when it was.</summary>
    public async Task<V1Pod> AddAsync(string name, IReadOnlyList<string> verb, bool needsNetAdmin, bool dryRun, CancellationToken ct)
    {
        ProtectedNamespaces.Refuse(@namespace);
        if (dryRun && await client.ServerVersionAsync(ct) is { Major: > 0 } version && version < EphemeralContainers)
            throw new FaultRefused($"This fault adds an ephemeral container to {@namespace}/{pod}, which Kubernetes can since {EphemeralContainers}; this cluster has {version}.");
        var container = new V1EphemeralContainer
        {
            Name = name,
            Image = options.AgentImage,
            ImagePullPolicy = "IfNotPresent",
            Args = verb,
            SecurityContext = !needsNetAdmin ? AgentSecurity.Restricted : shared is null ? AgentSecurity.NetAdmin : AgentSecurity.Tracer,
            TargetContainerName = shared?.Container,
            TerminationMessagePolicy = "File",
        };
        return await Landing.AwaitAnswerAsync(answered => client.AddEphemeralContainerAsync(pod, @namespace, uid, container, dryRun, answered), ct);
    }

    /// <summary>The verb as another process in a living container; null when exec is refused or does not answer in time.</summary>
    public async Task<AgentEvidence?> ExecAsync(string container, IReadOnlyList<string> verb, CancellationToken ct)
    {
        if (options.ExecPatience <= TimeSpan.Zero)
            return null;
        try
        {
            var result = await client.ExecAsync(pod, @namespace, container, ["gameday-agent", .. verb], timeout: options.ExecPatience, cancellationToken: ct);
            return AgentEvidence.Parse(result.Stdout);
        }
        catch (Exception problem) when (problem is KubernetesException or ClusterUnreachableException)
        {
            return null;
        }
    }

    /// <summary>Null while it has not ended within the time given.</summary>
    /// <exception cref="FaultRefused">The pod is gone, or the image cannot be pulled.</exception>
    public async Task<AgentRun?> EndAsync(string container, TimeSpan within, CancellationToken ct)
    {
        var status = await Poll.UntilAsync(
            async () => (await ReadAsync(ct)).EphemeralContainer(container),
            state => state?.State?.Terminated is not null || CannotStart(state),
            within, Pause, ct);
        if (CannotStart(status))
            throw new FaultRefused($"The agent {container} in {@namespace}/{pod} cannot start: {status!.State!.Waiting!.Reason} {status.State.Waiting.Message}".TrimEnd());
        return status?.State?.Terminated is { } ended ? new(container, ended.ExitCode, AgentEvidence.Parse(ended.Message), ended.Message) : null;
    }

    /// <summary>One verb from start to end.</summary>
    /// <exception cref="FaultRefused">It cannot start, or did not end within the time given.</exception>
    public async Task<AgentRun> RunAsync(string prefix, IReadOnlyList<string> verb, bool needsNetAdmin, TimeSpan within, CancellationToken ct)
    {
        var name = await StartAsync(prefix, verb, needsNetAdmin, dryRun: false, ct);
        return await EndAsync(name, within, ct)
            ?? throw new FaultRefused($"The agent {name} in {@namespace}/{pod} did not end within {within.TotalSeconds:0} s.");
    }

    /// <exception cref="FaultRefused">The pod is gone or was replaced.</exception>
    public async Task<V1Pod> ReadAsync(CancellationToken ct)
    {
        var found = await client.FindAsync<V1Pod>(pod, @namespace, ct);
        return found?.Metadata.Uid == uid ? found : throw new FaultRefused($"The pod {@namespace}/{pod} is gone or was replaced.");
    }

    /// <summary>The names this injection's agents have, in order of their start.</summary>
    public static IReadOnlyList<string> NamesOf(V1Pod pod, string prefix, string shortId) =>
        [.. (pod.Spec?.EphemeralContainers ?? []).Select(c => c.Name).Where(name => name.StartsWith($"{prefix}-{shortId}-", StringComparison.Ordinal))];

    public static int CountIn(V1Pod pod) =>
        pod.Spec?.EphemeralContainers?.Count(c => c.Name.StartsWith("gameday-", StringComparison.Ordinal)) ?? 0;

    private string FreeName(V1Pod found, string prefix)
    {
        // An undo must always be possible, so the limit is for what is not one.
        if (CountIn(found) >= MostPerPod && prefix == "gameday")
            throw new FaultRefused($"{@namespace}/{pod} has held {MostPerPod} agents, which stay in its spec for its life; replace the pod first: kubectl -n {@namespace} delete pod {pod}");
        return $"{prefix}-{shortId}-{NamesOf(found, prefix, shortId).Count + 1}";
    }

    /// <summary>It waits for something that does not come by itself, such as an image.</summary>
    public static bool CannotStart(V1ContainerStatus? status) =>
        status?.State?.Waiting?.Reason is "ErrImagePull" or "ImagePullBackOff" or "InvalidImageName" or "ErrImageNeverPull" or "CreateContainerError" or "CreateContainerConfigError";
}

/// <summary>The least each verb needs, so that as many namespaces as can be accept it.</summary>
internal static class AgentSecurity
{
    /// <summary>Passes Pod Security level restricted.</summary>
    public static V1SecurityContext Restricted { get; } = new()
    {
        RunAsUser = 65532,
        RunAsNonRoot = true,
        AllowPrivilegeEscalation = false,
        Capabilities = new() { Drop = ["ALL"] },
        SeccompProfile = new("RuntimeDefault"),
    };

    /// <summary>Needs Pod Security level privileged: the capability to trace processes of any user.</summary>
    public static V1SecurityContext Tracer { get; } = new()
    {
        RunAsUser = 0,
        RunAsNonRoot = false,
        Capabilities = new() { Add = ["SYS_PTRACE", "KILL"], Drop = ["ALL"] },
    };

    /// <summary>Needs Pod Security level privileged. Without uid 0 the capability does not take.</summary>
    public static V1SecurityContext NetAdmin { get; } = new()
    {
        RunAsUser = 0,
        RunAsNonRoot = false,
        Capabilities = new() { Add = ["NET_ADMIN"], Drop = ["ALL"] },
    };
}
