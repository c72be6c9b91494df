using System.Net.WebSockets;

namespace GameDay.Kubernetes;

public sealed partial class KubernetesClient
{
    /// <summary>Runs a command in a container and waits for its end.</summary>
    /// <exception cref="ClusterUnreachableException">Also when the connection broke before the command's end was known.</exception>
    public async Task<ExecResult> ExecAsync(string name, string @namespace, string container, IReadOnlyList<string> command, string? input = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        var request = ExecRequest(name, @namespace, container, command, input is not null);
        var limit = timeout ?? _config.ClientWait;
        using var wait = new CancellationTokenSource(limit, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(wait.Token, cancellationToken);
        try
        {
            using var socket = await OpenAsync(request, either.Token);
            var channels = new ExecChannels(socket);
            if (input is not null)
                await channels.SendInputAsync(input, either.Token);
            return await channels.ReadAsync(either.Token)
                ?? throw Cut($"exec into {@namespace}/{name} was closed before the command's end was known");
        }
        catch (OperationCanceledException cause) when (!cancellationToken.IsCancellationRequested)
        {
            throw Cut($"exec into {@namespace}/{name} did not end within {limit.TotalSeconds:0.#} s", cause);
        }
        catch (Exception cause) when (cause is WebSocketException or IOException)
        {
            throw Cut(cause.GetBaseException().Message, cause);
        }
    }

    private static ApiRequest ExecRequest(string name, string @namespace, string container, IReadOnlyList<string> command, bool stdin) =>
        new(HttpMethod.Get, V1Pod.Resource.Path(@namespace, name, "exec"))
        {
            Query =
            [
                ("container", container), ("stdout", "true"), ("stderr", "true"), ("stdin", stdin ? "true" : null),
                .. command.Select(word => ("command", (string?)word)),
            ],
        };

    private async Task<ClientWebSocket> OpenAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(ExecChannels.V5);
        socket.Options.AddSubProtocol(ExecChannels.V4);
        socket.Options.CollectHttpResponseDetails = true;
        var (invoker, used) = await _transport.SignedInAsync(refused: null, cancellationToken);
        if (used.Token is { } token)
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        if (_config.TlsServerName is { } serverName)
            socket.Options.SetRequestHeader("Host", serverName);
        var address = new UriBuilder(new Uri(_transport.Root, request.Target)) { Scheme = _config.Host.Scheme == "https" ? "wss" : "ws" };
        try
        {
            await socket.ConnectAsync(address.Uri, invoker, cancellationToken);
            return socket;
        }
        catch (WebSocketException) when ((int)socket.HttpStatusCode >= 400)
        {
            var code = socket.HttpStatusCode;
            socket.Dispose();
            // The body of a refused upgrade is lost on the way; the code says enough.
            throw new KubernetesException(new() { Code = (int)code, Reason = Answers.ReasonOf(code), Message = "the server refused to open the connection" }, request.ToString(), ClusterName);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // A command may have run: whoever asked must read back.
    private ClusterUnreachableException Cut(string words, Exception? cause = null) => new(ClusterName, words, mayHaveLanded: true, cause);
}
