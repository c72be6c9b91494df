using System.Runtime.InteropServices;
using GameDay.Agent.Network;

namespace GameDay.Agent.Kernel;

/// <summary>
/// libnftables inside this process. A table with <c>flags owner</c> belongs to the socket that made it: the kernel takes
/// it out when that closes, and a killed process closes everything.
/// </summary>
internal sealed partial class NftSession : IAsyncDisposable
{
    private const string Library = "libnftables.so.1";

    private nint _context;

    private NftSession(nint context) => _context = context;

    /// <summary>Runs a script and keeps the socket; a <see cref="KernelProblem"/> says what the kernel or the image lacks.</summary>
    public static NftSession Run(string script)
    {
        try
        {
            var context = NewContext(0);
            if (context == 0)
                throw new KernelProblem("libnftables gives no context");
            var session = new NftSession(context);
            session.Apply(script);
            return session;
        }
        catch (DllNotFoundException)
        {
            throw new KernelProblem($"{Library} is missing from the agent's image", missing: true);
        }
    }

    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _context, 0) is var context and not 0)
            FreeContext(context);
        return ValueTask.CompletedTask;
    }

    private void Apply(string script)
    {
        if (BufferErrors(_context) == 0 && RunCommands(_context, script) == 0)
            return;
        var complaint = Marshal.PtrToStringUTF8(ErrorText(_context))?.Split('\n', 2)[0].Trim();
        FreeContext(Interlocked.Exchange(ref _context, 0));
        throw new KernelProblem($"nft: {complaint}");
    }

    [LibraryImport(Library, EntryPoint = "nft_ctx_new")]
    private static partial nint NewContext(uint flags);

    [LibraryImport(Library, EntryPoint = "nft_ctx_free")]
    private static partial void FreeContext(nint context);

    [LibraryImport(Library, EntryPoint = "nft_ctx_buffer_error")]
    private static partial int BufferErrors(nint context);

    [LibraryImport(Library, EntryPoint = "nft_ctx_get_error_buffer")]
    private static partial nint ErrorText(nint context);

    [LibraryImport(Library, EntryPoint = "nft_run_cmd_from_buffer", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RunCommands(nint context, string script);
}
