namespace GameDay.Sandbox;

/// <summary>What the command line decides.</summary>
/// <param name="Port">TCP port of the API on 127.0.0.1; 0 takes a free one.</param>
/// <param name="DataDirectory">Where the kubeconfig and the agents' files go.</param>
/// <param name="AgentPath">The fault agent's executable, run for each ephemeral container; null when there is none.</param>
/// <param name="Subnet">First two numbers of every address given out; services get <c>x.y.200.z</c>. Empty takes the first free range.</param>
/// <param name="ExitWithParent">Stop when standard input closes, because whoever started it is gone.</param>
public sealed record SandboxOptions(int Port, string DataDirectory, string? AgentPath, string Subnet, bool ExitWithParent = false);
