using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using GameDay.Sandbox.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace GameDay.IntegrationTests.Agent;

/// <summary>The real agent executable with its kernel calls answered by the sandbox over a unix socket.</summary>
public sealed class SocketTests : IDisposable
{
    private const string Pod = "7a0d";
    private readonly PodKernels _kernels = new(TimeProvider.System, NullLogger<PodKernels>.Instance);
    private readonly string _log = Path.GetTempFileName();

    public SocketTests() => _kernels.Dial = async (pod, host, port, ct) =>
        await Task.Delay(_kernels.EgressDelay(pod, IPAddress.Parse(host), port), ct);

    private Dictionary<string, string> Environment => new()
    {
        ["GAMEDAY_KERNEL"] = $"unix:{_kernels.Open(Pod)}",
        ["GAMEDAY_TERMINATION_LOG"] = _log,
    };

    [Fact]
    public async Task Injects_measures_and_leaves_its_proof_as_termination_message()
    {
        using var agent = AgentProcess.Start(Words("60s"), Environment);

        (await agent.NextAsync()).GetProperty("addedDelayMs").GetDouble().ShouldBe(200, 150);
        _kernels.EgressDelay(Pod, IPAddress.Parse("127.20.1.2"), 8080).TotalMilliseconds.ShouldBe(200);

        await agent.TerminateAsync();
        (await agent.ExitAsync()).ShouldBe(0);
        var proof = JsonDocument.Parse(await File.ReadAllTextAsync(_log)).RootElement;
        proof.GetProperty("state").GetString().ShouldBe("reverted");
        proof.GetProperty("addedDelayMs").GetDouble().ShouldBe(200, 150);
        _kernels.Describe(Pod)["tables"]!.AsArray().Count.ShouldBe(0);
    }

    [Fact]
    public async Task Killed_with_9_the_delay_ends_by_itself()
    {
        using var agent = AgentProcess.Start(Words("8s"), Environment);
        await agent.NextAsync();
        agent.Kill();

        for (var tries = 0; _kernels.EgressDelay(Pod, IPAddress.Parse("127.20.1.2"), 8080) > TimeSpan.Zero; tries++)
        {
            tries.ShouldBeLessThan(300);
            await Task.Delay(50);
        }

        _kernels.Describe(Pod)["tables"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Connect_says_whether_a_new_connection_got_through()
    {
        (await AgentProcess.RunAsync("connect --to 127.20.1.2:8080", Environment)).GetProperty("connected").GetBoolean().ShouldBeTrue();

        _kernels.Dial = (_, _, _, ct) => Task.Delay(Timeout.Infinite, ct);
        var hung = await AgentProcess.RunAsync("connect --to 127.20.1.2:8080 --timeout 300ms", Environment);
        hung.GetProperty("state").GetString().ShouldBe("unreachable");

        _kernels.Dial = (_, _, _, _) => throw new SocketException((int)SocketError.ConnectionRefused);
        var refused = await AgentProcess.RunAsync("connect --to 127.20.1.2:8080", Environment);
        refused.GetProperty("error").GetString().ShouldBe("connection refused");
    }

    [Fact]
    public void The_socket_is_for_its_owner_only_and_goes_with_the_pod()
    {
        var path = _kernels.Open(Pod);
        _kernels.Open(Pod).ShouldBe(path);
        path.Length.ShouldBeLessThan(108);
        File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        _kernels.Close(Pod);

        File.Exists(path).ShouldBeFalse();
        _kernels.Find(Pod).ShouldBeNull();
    }

    public void Dispose()
    {
        _kernels.Dispose();
        File.Delete(_log);
    }

    private static string Words(string duration) =>
        $"inject --id ab12cd34 --delay 200ms --to 127.20.1.2 --duration {duration} --deadline-in 60s --not-after {AgentProcess.InSeconds(30)} --probe 127.20.1.2:8080";
}
