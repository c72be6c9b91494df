using GameDay.Web.Features.Exercises;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Web.Exercises;

public sealed class PlanDiffTests
{
    [Fact]
    public void Only_what_went_and_what_came_is_shown_in_order() =>
        PlanDiff.Between("a\nb\n  delay: 300ms\nc", "a\nb\n  delay: 400ms\nc\nd").Select(l => (l.IsNew, l.Text))
            .ShouldBe([(false, "delay: 300ms"), (true, "delay: 400ms"), (true, "d")]);

    [Fact]
    public void The_same_plan_shows_nothing() => PlanDiff.Between("a\nb", "a\nb").ShouldBeEmpty();
}
