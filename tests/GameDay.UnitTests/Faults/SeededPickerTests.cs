using GameDay.Faults;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Faults;

public sealed class SeededPickerTests
{
    private static readonly string[] Pods = ["a", "b", "c", "d", "e"];

    [Fact]
    public void The_same_seed_picks_the_same_pods_in_the_same_order() =>
        SeededPicker.Pick(Pods, 3, 42).ShouldBe(SeededPicker.Pick(Pods, 3, 42));

    [Fact]
    public void Every_pod_is_picked_by_some_seed_and_none_twice()
    {
        var picks = Enumerable.Range(0, 100).Select(seed => SeededPicker.Pick(Pods, 2, seed)).ToList();
        picks.SelectMany(pick => pick).Distinct().Count().ShouldBe(Pods.Length);
        picks.ShouldAllBe(pick => pick.Distinct().Count() == 2);
    }

    [Fact]
    public void All_are_taken_in_their_own_order() => SeededPicker.Pick(Pods, 9, 1).ShouldBe(Pods);
}
