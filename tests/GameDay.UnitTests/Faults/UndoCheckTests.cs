using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Faults;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Faults;

[Trait("Rule", "13")]
public sealed class UndoCheckTests
{
    private static readonly FaultKind Latency = new NetworkLatency(null!, null!).Kind;

    [Fact]
    public void Values_that_the_kind_writes_itself_pass() => Problem(("agent", "gameday-0a1b2c3d-1"), ("table", "inet gameday_0a1b2c3d"), ("to", "10.0.0.7,fd00::1"), ("peers", "cart-1"), ("probe", "10.0.0.7:80")).ShouldBeNull();

    [Theory]
    [InlineData("agent", "gameday-ffffffff-1")]
    [InlineData("agent", "gameday-0a1b2c3d-1\n")]
    [InlineData("table", "inet filter")]
    [InlineData("to", "10.0.0.7; rm -rf /")]
    [InlineData("policy", "gameday-0a1b2c3d")]
    public void A_value_of_another_injection_shape_or_kind_does_not(string name, string value) => Problem((name, value)).ShouldNotBeNull().ShouldContain(name);

    [Fact]
    public void A_plan_of_another_kind_does_not() => UndoCheck.Problem(Latency, Order(), new("pod-kill", "none", new Dictionary<string, string>(), "")).ShouldNotBeNull();

    [Fact]
    public void A_setting_that_the_kind_does_not_have_does_not() =>
        UndoCheck.Problem(Latency, Order() with { Settings = new Dictionary<string, string> { ["delay"] = "1s", ["to"] = "app=x", ["image"] = "evil" } }, Undo()).ShouldNotBeNull().ShouldContain("image");

    private static string? Problem(params (string Name, string Value)[] values) => UndoCheck.Problem(Latency, Order(), Undo(values));

    private static UndoPlan Undo(params (string Name, string Value)[] values) => new("network-latency", "net", values.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal), "by hand");

    private static InjectionOrder Order() => new(
        Guid.NewGuid(), "0a1b2c3d", Guid.NewGuid(), "here", new FaultTarget { Cluster = "c", Namespace = "shop", Kind = "Pod", Name = "p", Uid = "u" },
        new Dictionary<string, string> { ["delay"] = "300ms", ["to"] = "app=cart" }, TimeSpan.FromSeconds(5), DateTimeOffset.MaxValue, DateTimeOffset.MaxValue);
}
