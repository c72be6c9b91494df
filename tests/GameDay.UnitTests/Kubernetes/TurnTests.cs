using GameDay.Kubernetes;
using GameDay.UnitTests.Agent;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Kubernetes;

/// <summary>Who waits for the rate limit, and who never does.</summary>
public sealed class TurnTests
{
    private static readonly ApiRequest Read = new(HttpMethod.Get, "api/v1/pods");
    private static readonly ApiRequest Delete = new(HttpMethod.Delete, "api/v1/namespaces/a/pods/b");
    private readonly ManualClock _clock = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public void A_burst_goes_out_at_once_and_then_one_after_the_other()
    {
        var rate = new RequestRate(perSecond: 10, burst: 3, _clock);

        var waits = Enumerable.Range(0, 5).Select(_ => rate.Take().TotalMilliseconds).ToArray();

        waits.ShouldBe([0, 0, 0, 100, 200], tolerance: 1);
        _clock.Advance(TimeSpan.FromSeconds(60));
        Enumerable.Range(0, 3).ShouldAllBe(_ => rate.Take() == TimeSpan.Zero);
        rate.Take().TotalMilliseconds.ShouldBe(100, tolerance: 1);
    }

    [Fact]
    public void Those_that_do_not_wait_make_the_others_wait_but_never_longer_than_a_burst_of_theirs()
    {
        var rate = new RequestRate(perSecond: 10, burst: 10, _clock);

        for (var i = 0; i < 1000; i++)
            rate.TakeAtOnce();

        rate.Take().TotalSeconds.ShouldBe(1.1, tolerance: 0.01);
    }

    [Fact]
    public async Task A_read_waits_while_changes_and_what_is_urgent_go_out_at_once()
    {
        using var turns = new Turns(Config(qps: 1, burst: 1), _clock);
        (await turns.TakeAsync(Read, default)).Dispose();

        var preview = turns.TakeAsync(Read, default);
        var revert = turns.TakeAsync(Delete, default);
        var proof = Urgency.UrgentlyAsync(() => turns.TakeAsync(Read, default));

        revert.IsCompletedSuccessfully.ShouldBeTrue();
        proof.IsCompletedSuccessfully.ShouldBeTrue();
        preview.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(5));
        (await preview.WaitAsync(TimeSpan.FromSeconds(60))).Dispose();
    }

    [Fact]
    public async Task Urgency_reaches_everything_inside_and_nothing_after_it()
    {
        using var turns = new Turns(Config(qps: 0, burst: 0) with { MaxInFlight = 1 }, _clock);
        using var held = await turns.TakeAsync(Read, default);

        await Urgency.UrgentlyAsync(async () =>
        {
            await Task.Yield();
            turns.TakeAsync(Read, default).IsCompletedSuccessfully.ShouldBeTrue();
        });

        using var stop = new CancellationTokenSource();
        var after = turns.TakeAsync(Read, stop.Token);
        after.IsCompleted.ShouldBeFalse("only one read at a time");
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => after);
    }

    [Fact]
    public async Task A_read_that_is_given_up_gives_its_turn_back()
    {
        using var turns = new Turns(Config(qps: 1, burst: 1), _clock);
        (await turns.TakeAsync(Read, default)).Dispose();
        using var stop = new CancellationTokenSource();
        var given = turns.TakeAsync(Read, stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => given);

        _clock.Advance(TimeSpan.FromSeconds(1));

        turns.TakeAsync(Read, default).IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task At_most_so_many_reads_are_under_way_at_once()
    {
        var (now, most) = (0, 0);
        await using var server = await RecordedServer.StartAsync(async (context, _) =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref now));
            await Task.Delay(20, context.RequestAborted);
            Interlocked.Decrement(ref now);
            await RecordedServer.WriteAsync(context, 200, "{}");
        });
        using var client = new KubernetesClient(server.Configuration with { MaxInFlight = 3, ClientWait = TimeSpan.FromSeconds(60) });

        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => client.VersionAsync()));

        most.ShouldBeInRange(1, 3);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = target; value > seen;)
            seen = Interlocked.CompareExchange(ref target, value, seen) is var was && was == seen ? value : was;
    }

    private static KubernetesClientConfiguration Config(double qps, int burst) => new() { ClusterName = "c", Host = new("http://127.0.0.1:1"), Qps = qps, Burst = burst };
}
