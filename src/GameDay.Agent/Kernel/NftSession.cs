using System.Runtime.InteropServices;
using GameDay.Agent.Network;

namespace GameDay.Agent.Kernel;

/// <summary>
/// libnftables inside this process. A table with <c>flags owner</c> belongs to the socket that made it: the kernel takes
/// it out when that closes, and a killed process closes everything.
/// </summary>
internal sealed partial class NftSession : IHeldTables
{
    private const string Library = "libnftables.so.1";

    private nint _context;

    private NftSession(nint context) => _context = context;

    /// <summary>Runs a script and keeps the socket; a <see cref="KernelProblem"/> says what the kernel or the image lacks.</summary>
    /// <param name="script">Asked for once the socket is open. A dying process closes its newest file first, so what is
    /// opened in here is closed, and its clients are told, while the table still translates for them.</param>
    public static NftSession Open(Func<string> script)
    {
        try
        {
            var context = NewContext(0);
            if (context == 0)
                throw new KernelProblem("libnftables gives no context");
            var session = new NftSession(context);
            session.RunOrClose(script());
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

    /// <inheritdoc />
    public void Run(string script)
    {
        if (BufferErrors(_context) != 0 || RunCommands(_context, script) != 0)
            throw new KernelProblem($"nft: {Marshal.PtrToStringUTF8(ErrorText(_context))?.Split('\n', 2)[0].Trim()}");
    }

    private void RunOrClose(string script)
    {
        try
        {
            Run(script);
        }
        catch (KernelProblem)
        {
            FreeContext(Interlocked.Exchange(ref _context, 0));
            throw;
        }
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
