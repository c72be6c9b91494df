using System.Diagnostics;

namespace GameDay.KubernetesTests.Servers;

/// <summary>A program that runs beside the tests and ends with them; its last words are kept for the error.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int Kept = 30;
    private readonly Queue<string> _said = new();
    private readonly Process _process;

    public ServerProcess(string program, IEnumerable<string> arguments)
    {
        _process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public bool HasExited => _process.HasExited;

    public string Words
    {
        get
        {
            lock (_said)
                return $"{_process.StartInfo.FileName}:\n{string.Join('\n', _said)}";
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
            return;
        lock (_said)
        {
            _said.Enqueue(line);
            if (_said.Count > Kept)
                _said.Dequeue();
        }
    }
}

/// <summary>A server ended before it was ready, most often because its port was taken in between.</summary>
internal sealed class ServerDied(string words) : Exception(words);
