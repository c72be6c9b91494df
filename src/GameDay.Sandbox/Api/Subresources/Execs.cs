using System.Net.WebSockets;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Subresources;

/// <summary>exec over WebSocket (v4 and v5 of the channel protocol). SPDY is refused: .NET has none.</summary>
internal sealed partial class Execs(ClusterStore store, IPodRuntime runtime, ILogger<Execs> log)
{
    private static readonly string[] Protocols = ["v5.channel.k8s.io", "v4.channel.k8s.io"];

    public async Task HandleAsync(ApiCall call)
    {
        if (!call.Http.WebSockets.IsWebSocketRequest)
        {
            throw ApiException.BadRequest("exec needs a WebSocket upgrade (v4.channel.k8s.io or v5.channel.k8s.io); SPDY is not supported");
        }

        var protocol = Protocols.FirstOrDefault(p => call.Http.WebSockets.WebSocketRequestedProtocols.Contains(p))
            ?? throw ApiException.BadRequest($"unable to upgrade: offered subprotocols must include one of {string.Join(", ", Protocols)}");
        var pod = store.Get(ResourceTypes.Pods, call.Namespace, call.Name);
        Containers.DemandNode(pod);
        var container = Containers.Choose(pod, call.Option("container"));
        var command = call.Http.Request.Query["command"].Select(word => word ?? "").ToList();
        if (command.Count == 0)
        {
            throw ApiException.BadRequest("you must specify at least one command for the container");
        }

        using var socket = await call.Http.WebSockets.AcceptWebSocketAsync(protocol);
        await RunAsync(call, socket, pod, container, command);
    }

    private async Task RunAsync(ApiCall call, WebSocket socket, JsonObject pod, string container, List<string> command)
    {
        using var channels = new ExecChannels(socket);
        using var running = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted);
        await channels.SendAsync(1, ReadOnlyMemory<byte>.Empty, running.Token);
        var receiving = channels.ReceiveAsync(running);
        try
        {
            var result = await ResultAsync(channels, pod, container, command, running.Token);
            await channels.SendAsync(3, result.ToUtf8(), call.Aborted);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, call.Aborted);
            await receiving.WaitAsync(TimeSpan.FromSeconds(2), store.Clock, call.Aborted);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or TimeoutException)
        {
            LogGone(pod.Name(), gone.Message);
        }
        finally
        {
            await running.CancelAsync();
            await receiving;
        }
    }

    private async Task<JsonObject> ResultAsync(
        ExecChannels channels, JsonObject pod, string container, List<string> command, CancellationToken cancellationToken)
    {
        try
        {
            var stdin = channels.Stdin;
            var code = await runtime.ExecAsync(
                pod.Namespace(), pod.Name(), container, command, stdin, channels.Stdout, channels.Stderr, cancellationToken);
            return code == 0 ? new JsonObject { ["metadata"] = new JsonObject(), ["status"] = "Success" } : ExitedWith(code);
        }
        catch (ApiException refusal)
        {
            return refusal.ToStatus();
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or WebSocketException))
        {
            LogFailed(failure, pod.Name());
            return new ApiException(500, "InternalError", $"Internal error occurred: {failure.Message}").ToStatus();
        }
    }

    private static JsonObject ExitedWith(int code) => new()
    {
        ["metadata"] = new JsonObject(),
        ["status"] = "Failure",
        ["message"] = $"command terminated with non-zero exit code: exit status {code}",
        ["reason"] = "NonZeroExitCode",
        ["details"] = new JsonObject
        {
            ["causes"] = new JsonArray(new JsonObject { ["reason"] = "ExitCode", ["message"] = code.ToString() }),
        },
    };

    [LoggerMessage(LogLevel.Debug, "The client of an exec in {Pod} went away: {Why}")]
    private partial void LogGone(string pod, string why);

    [LoggerMessage(LogLevel.Error, "An exec in {Pod} failed")]
    private partial void LogFailed(Exception failure, string pod);
}
