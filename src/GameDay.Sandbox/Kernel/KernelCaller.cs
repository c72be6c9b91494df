using System.Net.Sockets;

namespace GameDay.Sandbox.Kernel;

/// <summary>One open line from an agent. What it keeps lasts as long as the line, and the line as long as the agent.</summary>
internal sealed class KernelCaller(Socket line) : IDisposable
{
    private IDisposable? _kept;

    public void Keep(IDisposable kept) => _kept = kept;

    /// <summary>Closes the line, as the agent learns that what it kept is over.</summary>
    public void HangUp() => line.Close();

    public void Dispose() => _kept?.Dispose();
}
