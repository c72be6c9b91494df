using System.Globalization;
using System.Net.Sockets;
using GameDay.Sandbox.Network;

namespace GameDay.Sandbox.Kubelet;

/// <summary>wget and curl from a pod's own address, each over a fresh connection, with their exit codes.</summary>
internal sealed class HttpCommand(PodNetwork network, PodEndpoint pod, TextWriter output, TextWriter errors)
{
    private static readonly string[] TimeLimits = ["-T", "--timeout", "-m", "--max-time", "--connect-timeout", "-w"];
    private static readonly string[] WithValue = [.. TimeLimits, "-o", "-O", "-X", "--request", "-H", "--header", "-t", "--tries"];

    public async Task<int> RunAsync(string program, string[] arguments, CancellationToken ct)
    {
        var (url, seconds) = Read(arguments);
        if (url is null)
        {
            await errors.WriteLineAsync($"{program}: no URL specified");
            return 2;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(seconds));
        try
        {
            return await GetAsync(program, url, arguments.Contains("-f") || program == "wget", limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            await errors.WriteLineAsync(program == "wget" ? "wget: download timed out" : $"curl: (28) Connection timed out after {seconds * 1000:0} milliseconds");
            return program == "wget" ? 1 : 28;
        }
        catch (HttpRequestException e)
        {
            var unknown = (e.InnerException as SocketException)?.SocketErrorCode == SocketError.HostNotFound;
            await errors.WriteLineAsync(program == "wget" ? $"wget: can't connect to remote host: {e.Message}" : $"curl: ({(unknown ? 6 : 7)}) {e.Message}");
            return program == "wget" ? 1 : unknown ? 6 : 7;
        }
    }

    private static (Uri? Url, double Seconds) Read(string[] arguments)
    {
        var seconds = 30d;
        Uri? url = null;
        for (var i = 0; i < arguments.Length; i++)
        {
            if (WithValue.Contains(arguments[i]) && i + 1 < arguments.Length)
            {
                var value = arguments[++i];
                seconds = TimeLimits.Contains(arguments[i - 1]) && double.TryParse(value, CultureInfo.InvariantCulture, out var given) ? given : seconds;
            }
            else if (arguments[i].StartsWith("--timeout=", StringComparison.Ordinal) || arguments[i].StartsWith("-T", StringComparison.Ordinal))
            {
                seconds = double.TryParse(arguments[i].AsSpan().TrimStart("-Ttimeout="), CultureInfo.InvariantCulture, out var given) ? given : seconds;
            }
            else if (!arguments[i].StartsWith('-'))
            {
                url = new Uri(arguments[i].Contains("://", StringComparison.Ordinal) ? arguments[i] : "http://" + arguments[i]);
            }
        }

        return (url, seconds);
    }

    private async Task<int> GetAsync(string program, Uri url, bool failOnError, CancellationToken ct)
    {
        using var http = new PodHttp(network, new Caller(pod.Address, pod.Namespace, pod.Uid));
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        using var answer = await http.Client.SendAsync(request, ct);
        if (failOnError && !answer.IsSuccessStatusCode)
        {
            await errors.WriteLineAsync(program == "wget" ? $"wget: server returned error: HTTP/1.1 {(int)answer.StatusCode} {answer.ReasonPhrase}" : $"curl: (22) The requested URL returned error: {(int)answer.StatusCode}");
            return program == "wget" ? 1 : 22;
        }

        await output.WriteAsync(await answer.Content.ReadAsStringAsync(ct));
        return 0;
    }
}
