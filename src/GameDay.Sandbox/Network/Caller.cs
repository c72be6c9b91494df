using System.Net;

namespace GameDay.Sandbox.Network;

/// <summary>Who opens a connection: a pod from its own address, or the host (a node, the API server) when <see cref="PodUid"/> is null.</summary>
public sealed record Caller(IPAddress Address, string Namespace, string? PodUid);
