using System.Diagnostics;
using System.Net;
using GameDay.Sandbox.Network;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox.Running;

public sealed class DelayLineTests
{
    private readonly FakeKernel _kernel = new();
    private readonly List<byte> _sent = [];
    private readonly DelayLine _line;

    public DelayLineTests() => _line = new DelayLine(
        (bytes, _) =>
        {
            lock (_sent)
            {
                _sent.AddRange(bytes.Span);
            }

            return ValueTask.CompletedTask;
        },
        new Egress(_kernel, "pod", new IPEndPoint(IPAddress.Loopback, 0), null, new IPEndPoint(IPAddress.Loopback, 80)),
        TimeProvider.System);

    [Fact]
    public async Task Without_a_delay_bytes_pass_straight_through()
    {
        await _line.WriteAsync(new byte[] { 1 }, CancellationToken.None);

        _sent.ShouldBe([1]);
    }

    [Fact]
    public async Task Delayed_bytes_are_late_in_order_and_pipelined()
    {
        _kernel.Delays["pod"] = TimeSpan.FromSeconds(2);
        var started = Stopwatch.GetTimestamp();
        for (byte i = 0; i < 50; i++)
        {
            await _line.WriteAsync(new[] { i }, CancellationToken.None);
        }

        _sent.ShouldBeEmpty("writing does not wait for the delay");
        await _line.DrainAsync();

        var took = Stopwatch.GetElapsedTime(started);
        took.ShouldBeGreaterThan(TimeSpan.FromSeconds(1.9));
        took.ShouldBeLessThan(TimeSpan.FromSeconds(30), "fifty writes wait one delay together, not fifty");
        _sent.ShouldBe(Enumerable.Range(0, 50).Select(i => (byte)i));
    }

    [Fact]
    public async Task Bytes_written_after_the_delay_ended_do_not_overtake()
    {
        _kernel.Delays["pod"] = TimeSpan.FromMilliseconds(200);
        await _line.WriteAsync(new byte[] { 1 }, CancellationToken.None);
        _kernel.Delays.Clear();
        await _line.WriteAsync(new byte[] { 2 }, CancellationToken.None);
        await _line.DrainAsync();

        _sent.ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Dropped_bytes_arrive_once_packets_pass_again()
    {
        _kernel.Dropping["pod"] = true;
        await _line.WriteAsync(new byte[] { 7 }, CancellationToken.None);
        var drained = _line.DrainAsync();
        (await Task.WhenAny(drained, Task.Delay(400))).ShouldNotBe(drained);
        _sent.ShouldBeEmpty();
        _kernel.Dropping.Clear();
        await drained;

        _sent.ShouldBe([7]);
    }

    [Fact]
    public async Task A_reset_loses_what_waits()
    {
        _kernel.Delays["pod"] = TimeSpan.FromMinutes(1);
        await _line.WriteAsync(new byte[] { 1 }, CancellationToken.None);
        _line.Abandon();
        await _line.DrainAsync();

        _sent.ShouldBeEmpty();
        await Should.ThrowAsync<IOException>(async () => await _line.WriteAsync(new byte[] { 2 }, CancellationToken.None));
    }
}
