using GameDay.Domain.People;
using GameDay.Web.Requests;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Web.Requests;

public sealed class HandoverTests
{
    private readonly HandClock _clock = new();
    private readonly Dictionary<object, Handover.Answered> _answers = new() { ["asked"] = new(new Actor(null, "Marta", Role.Reader), "answered") };

    [Fact]
    public void What_is_kept_is_taken_once()
    {
        var handovers = new Handovers(_clock);
        var key = handovers.Keep(_answers)!;
        handovers.Take(key).ShouldBe(_answers);
        handovers.Take(key).ShouldBeNull();
        handovers.Take("guessed").ShouldBeNull();
    }

    [Fact]
    public void A_circuit_that_comes_late_asks_again()
    {
        var handovers = new Handovers(_clock);
        var key = handovers.Keep(_answers)!;
        _clock.Now += Handovers.Longest;
        handovers.Take(key).ShouldBeNull();
    }

    [Fact]
    public void Pages_that_never_get_a_circuit_do_not_pile_up()
    {
        var handovers = new Handovers(_clock);
        for (var i = 0; i < Handovers.Most; i++) handovers.Keep(_answers).ShouldNotBeNull();
        handovers.Keep(_answers).ShouldBeNull();
        _clock.Now += Handovers.Longest;
        handovers.Keep(_answers).ShouldNotBeNull();
    }

    private sealed class HandClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 19, 10, 26, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
