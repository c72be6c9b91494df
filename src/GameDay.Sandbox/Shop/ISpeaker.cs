using System.IO.Pipelines;
using System.Net;

namespace GameDay.Sandbox.Shop;

/// <summary>A program that speaks a protocol of its own on its container's second port, beside HTTP on the first.</summary>
public interface ISpeaker
{
    /// <summary>Serves one connection until either side ends it.</summary>
    Task ServeAsync(IDuplexPipe connection, IPEndPoint remote, CancellationToken closed);
}
