using System.Net.WebSockets;
using System.Text;
using GameDay.Kubernetes;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Kubernetes;

public sealed class ExecTests
{
    [Fact]
    public async Task A_command_that_ends_well_has_output_and_code_zero()
    {
        await using var server = await ExecServerAsync("v5.channel.k8s.io", async socket =>
        {
            await SendAsync(socket, 1, "hello ");
            await SendAsync(socket, 2, "careful");
            await SendAsync(socket, 1, "world");
            await SendAsync(socket, 3, """{"metadata":{},"status":"Success"}""");
        });
        using var client = server.Client();

        var result = await client.ExecAsync("cart-0", "shop", "agent", ["gameday-agent", "status", "--id", "a b"]);

        result.ShouldBe(new ExecResult(0, "hello world", "careful"));
        server.Requests.Single().Query["command"].ShouldBe("gameday-agent,status,--id,a b");
    }

    [Fact]
    public async Task A_command_that_fails_has_its_exit_code()
    {
        await using var server = await ExecServerAsync("v4.channel.k8s.io", socket => SendAsync(socket, 3,
            """{"metadata":{},"status":"Failure","message":"command terminated with non-zero exit code","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"3"}]}}"""));
        using var client = server.Client();

        (await client.ExecAsync("cart-0", "shop", "agent", ["false"])).ExitCode.ShouldBe(3);
    }

    [Fact]
    public async Task Input_is_sent_and_closed()
    {
        await using var server = await ExecServerAsync("v5.channel.k8s.io", async socket =>
        {
            var buffer = new byte[100];
            var first = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            var input = Encoding.UTF8.GetString(buffer, 1, first.Count - 1);
            await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            await SendAsync(socket, 1, $"{input} closed {buffer[0]}:{buffer[1]}");
            await SendAsync(socket, 3, """{"status":"Success"}""");
        });
        using var client = server.Client();

        (await client.ExecAsync("cart-0", "shop", "agent", ["cat"], input: "text")).Stdout.ShouldBe("text closed 255:0");
    }

    [Fact]
    public async Task A_connection_that_breaks_before_the_end_is_known_proves_nothing()
    {
        await using var server = await ExecServerAsync("v5.channel.k8s.io", socket => SendAsync(socket, 1, "half"));
        using var client = server.Client();

        (await Should.ThrowAsync<ClusterUnreachableException>(() => client.ExecAsync("cart-0", "shop", "agent", ["x"]))).MayHaveLanded.ShouldBeTrue();
    }

    [Fact]
    public async Task A_command_that_never_ends_is_given_up()
    {
        await using var server = await ExecServerAsync("v5.channel.k8s.io", _ => Task.Delay(TimeSpan.FromMinutes(1)));
        using var client = server.Client();

        var away = await Should.ThrowAsync<ClusterUnreachableException>(() => client.ExecAsync("cart-0", "shop", "agent", ["x"], timeout: TimeSpan.FromMilliseconds(300)));
        away.Message.ShouldContain("did not end within 0.3 s");
    }

    [Fact]
    public async Task A_refused_upgrade_is_a_refusal_with_its_code()
    {
        await using var server = await RecordedServer.AnsweringAsync(403, """{"kind":"Status","code":403}""");
        using var client = server.Client();

        var refusal = await Should.ThrowAsync<KubernetesException>(() => client.ExecAsync("cart-0", "shop", "agent", ["x"]));
        refusal.Code.ShouldBe(403);
        refusal.Reason.ShouldBe("Forbidden");
    }

    private static Task<RecordedServer> ExecServerAsync(string protocol, Func<WebSocket, Task> talk) => RecordedServer.StartAsync(async (context, _) =>
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(protocol);
        await talk(socket);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
    });

    private static Task SendAsync(WebSocket socket, byte channel, string text) =>
        socket.SendAsync(new ReadOnlyMemory<byte>([channel, .. Encoding.UTF8.GetBytes(text)]), WebSocketMessageType.Binary, true, CancellationToken.None).AsTask();
}
