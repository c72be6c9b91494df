using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox;

public sealed class ExecTests(SandboxUnderTest sandbox) : IClassFixture<SandboxUnderTest>
{
    [Theory]
    [InlineData("v4.channel.k8s.io")]
    [InlineData("v5.channel.k8s.io")]
    public async Task A_command_writes_and_succeeds(string protocol)
    {
        var (output, _, result) = await ExecAsync(protocol, "command=echo&command=hi");

        output.ShouldBe("echo hi\n");
        result.Text("status").ShouldBe("Success");
    }

    [Fact]
    public async Task A_failing_command_tells_its_exit_code()
    {
        var (_, error, result) = await ExecAsync("v5.channel.k8s.io", "command=fail");

        error.ShouldBe("no\n");
        result.Text("reason").ShouldBe("NonZeroExitCode");
        result.Items("details", "causes").Single().Text("message").ShouldBe("7");
    }

    [Fact]
    public async Task Input_ends_when_its_channel_is_closed()
    {
        var (output, _, result) = await ExecAsync("v5.channel.k8s.io", "command=cat&stdin=true", "some words");

        output.ShouldBe("some words");
        result.Text("status").ShouldBe("Success");
    }

    [Fact]
    public async Task Without_a_websocket_exec_is_a_bad_request()
    {
        var pod = await PodAsync();

        var (code, status) = await sandbox.PostAsync($"/api/v1/namespaces/{pod.Namespace()}/pods/{pod.Name()}/exec?command=ls", "{}");

        (code, status.Text("kind")).ShouldBe((400, "Status"));
    }

    private async Task<JsonObject> PodAsync()
    {
        var ns = await sandbox.NewNamespaceAsync();
        await sandbox.DeployAsync(ns, "web", 1);
        return sandbox.Store.List(ResourceTypes.Pods, ns)[0];
    }

    private async Task<(string Output, string Error, JsonObject Result)> ExecAsync(string protocol, string query, string? input = null)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var pod = await PodAsync();
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(protocol);
        socket.Options.SetRequestHeader("Authorization", $"Bearer {sandbox.Token}");
        using var http = new HttpMessageInvoker(sandbox.NewHandler());
        var address = new UriBuilder(sandbox.Address) { Scheme = "wss", Path = $"/api/v1/namespaces/{pod.Namespace()}/pods/{pod.Name()}/exec", Query = query };
        await socket.ConnectAsync(address.Uri, http, deadline.Token);
        if (input is not null)
        {
            await socket.SendAsync((byte[])[0, .. Encoding.UTF8.GetBytes(input)], WebSocketMessageType.Binary, true, deadline.Token);
            await socket.SendAsync((byte[])[255, 0], WebSocketMessageType.Binary, true, deadline.Token);
        }

        var channels = new[] { "", "", "", "" };
        var buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer, deadline.Token) is { MessageType: WebSocketMessageType.Binary } message)
        {
            channels[buffer[0]] += Encoding.UTF8.GetString(buffer, 1, message.Count - 1);
        }

        return (channels[1], channels[2], JsonNode.Parse(channels[3])!.AsObject());
    }
}
