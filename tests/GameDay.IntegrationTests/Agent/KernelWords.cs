using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using Shouldly;

namespace GameDay.IntegrationTests.Agent;

/// <summary>What the tests against the real kernel ask and look at.</summary>
internal static class KernelWords
{
    public const string Id = "ab12cd34";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Starts an injection with these words and waits until its fault is in place.</summary>
    public static async Task<(AgentProcess Agent, JsonElement Active)> InjectAsync(NetworkNamespaces place, string effect, string duration = "60s", string probe = NetworkNamespaces.Probe)
    {
        var agent = AgentProcess.Start(Inject(effect, duration, probe), null, place.Near);
        var active = await agent.NextAsync();
        active.Text("state").ShouldBe("active", active.GetRawText());
        return (agent, active);
    }

    /// <summary>The same where it is to refuse.</summary>
    public static async Task<string> RefusalAsync(NetworkNamespaces place, string effect)
    {
        var evidence = await AgentProcess.RunAsync(Inject(effect, "60s", NetworkNamespaces.Probe), null, place.Near);
        evidence.Text("state").ShouldBe("refused", evidence.GetRawText());
        NothingIsLeft(place);
        return evidence.Text("reason");
    }

    public static Task<JsonElement> StatusAsync(NetworkNamespaces place) => AgentProcess.RunAsync($"status --id {Id}", null, place.Near);

    public static Task<JsonElement> RevertAsync(NetworkNamespaces place) => AgentProcess.RunAsync($"revert --id {Id}", null, place.Near);

    public static string Text(this JsonElement evidence, string name) => evidence.GetProperty(name).GetString()!;

    public static void NothingIsLeft(NetworkNamespaces place)
    {
        place.InNear("nft", "list", "tables").ShouldNotContain("gameday");
        place.InNear("tc", "qdisc", "show", "dev", "eth0").ShouldStartWith("qdisc noqueue 0:");
    }

    /// <summary>Milliseconds until the last of these bytes has come back.</summary>
    public static async Task<double> EchoAsync(this Socket socket, int bytes = 1)
    {
        var started = Stopwatch.GetTimestamp();
        var sending = SendAsync(socket, bytes);
        var buffer = new byte[4096];
        for (var got = 0; got < bytes;)
        {
            var read = await socket.ReceiveAsync(buffer).WaitAsync(Patience);
            got += read > 0 ? read : throw new SocketException((int)SocketError.ConnectionReset);
        }
        await sending;
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    /// <summary>A new connection, there and back.</summary>
    public static async Task<double> VisitAsync(NetworkNamespaces place, int port)
    {
        var started = Stopwatch.GetTimestamp();
        using var socket = await place.ConnectAsync(NetworkNamespaces.Peer, port);
        await socket.EchoAsync();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(Patience);
            await Task.Delay(100);
        }
    }

    private static async Task SendAsync(Socket socket, int bytes)
    {
        ReadOnlyMemory<byte> rest = new byte[bytes];
        while (rest.Length > 0)
            rest = rest[await socket.SendAsync(rest)..];
    }

    private static string Inject(string effect, string duration, string probe) =>
        $"inject --id {Id} {effect} --duration {duration} --deadline-in 120s --not-after {AgentProcess.InSeconds(60)} --probe {probe}";
}
