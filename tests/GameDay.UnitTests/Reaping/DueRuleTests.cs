using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.Faults.Reaping;
using GameDay.UnitTests.Agent;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Reaping;

public sealed class DueRuleTests
{
    private static readonly DateTimeOffset Created = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private readonly ManualClock _clock = new(Created);

    private DueRule Rule => new(new ReaperOptions { Name = "r", Installation = "here" }, _clock);

    [Theory]
    [Trait("Rule", "9")]
    [InlineData(59, 30, false)]
    [InlineData(60, 30, true)]
    [InlineData(60, 1, false)] // its engine beats: it gets a moment to end its own fault
    [InlineData(63, 1, true)]
    public void The_deadline_counts_by_the_servers_clock(int serverSeconds, int silence, bool due) =>
        (Rule.Why(Held(), Reading(serverSeconds), TimeSpan.FromSeconds(silence < 20 ? silence : 19)) is not null).ShouldBe(due);

    [Theory]
    [Trait("Rule", "9")]
    [InlineData(19, false)]
    [InlineData(20, true)]
    public void Twenty_seconds_without_a_change_of_the_runs_lease_are_enough(int silence, bool due) =>
        (Rule.Why(Held(), Reading(1), TimeSpan.FromSeconds(silence)) is not null).ShouldBe(due);

    [Fact]
    [Trait("Rule", "12")]
    public void A_halt_makes_everything_due() => Rule.Why(Held(), Reading(0) with { Halted = true }, TimeSpan.Zero).ShouldNotBeNull();

    [Fact]
    [Trait("Rule", "1")]
    public void What_is_wanted_gone_is_due_when_its_engine_did_not_do_it()
    {
        var rule = Rule;
        var wanted = Held() with { Content = Held().Content with { Wanted = "Reverted" } };

        rule.Why(wanted, Reading(1), TimeSpan.Zero).ShouldBeNull();
        _clock.Advance(TimeSpan.FromSeconds(3));
        rule.Why(wanted, Reading(1), TimeSpan.Zero).ShouldNotBeNull();
    }

    [Fact]
    [Trait("Rule", "9")]
    public void Only_a_change_of_the_lease_counts_and_only_our_own_clock()
    {
        var (run, quiet) = (Guid.NewGuid(), new QuietRuns(_clock));
        Look(quiet, run, "1", times: 6);
        quiet.SilenceOf(run).ShouldBe(TimeSpan.FromSeconds(15));
        Look(quiet, run, "2", times: 1);
        quiet.SilenceOf(run).ShouldBe(TimeSpan.Zero);
        Look(quiet, run, "", times: 1);
        quiet.SilenceOf(run).ShouldBe(TimeSpan.Zero, "the lease was there until now");
    }

    [Fact]
    [Trait("Rule", "9")]
    public void Time_in_which_nothing_could_be_read_is_nobodys_silence()
    {
        var (run, quiet) = (Guid.NewGuid(), new QuietRuns(_clock));
        Look(quiet, run, "1", times: 2);
        _clock.Advance(TimeSpan.FromMinutes(10));
        Look(quiet, run, "1", times: 1);

        quiet.SilenceOf(run).ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    /// <summary>Reads every 3 s.</summary>
    private void Look(QuietRuns quiet, Guid run, string beat, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(3));
            quiet.Observe([run], beat.Length == 0 ? new Dictionary<Guid, string>() : new Dictionary<Guid, string> { [run] = beat });
        }
    }

    private static Reading Reading(int seconds) => new([], [], new HashSet<string>(), false, new Dictionary<Guid, string>(), Created.AddSeconds(seconds));

    private static Held Held()
    {
        var target = new FaultTarget { Cluster = "c", Namespace = "shop", Kind = "Pod", Name = "p", Uid = "u" };
        var order = new InjectionOrder(Guid.NewGuid(), "0a1b2c3d", Guid.NewGuid(), "here", target, new Dictionary<string, string>(), TimeSpan.FromSeconds(60), Created.AddSeconds(30), Created.AddSeconds(60));
        return new("ConfigMap gameday/x", new() { Order = order, Undo = new("network-latency", "net", new Dictionary<string, string>(), "by hand") }, FromLedger: true);
    }
}
