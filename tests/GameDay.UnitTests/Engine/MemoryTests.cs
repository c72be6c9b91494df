using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Engine;
using GameDay.Engine.Runs;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Engine;

public sealed class MemoryTests
{
    [Fact]
    public void The_limit_for_a_late_start_counts_from_the_servers_clock_not_from_the_senders()
    {
        var created = new DateTimeOffset(2030, 1, 1, 12, 5, 0, TimeSpan.Zero);
        var duration = TimeSpan.FromSeconds(20);
        var injection = new Injection(Guid.CreateVersion7(), Guid.NewGuid(), 1, new() { Cluster = "c", Namespace = "shop", Kind = "Pod", Name = "cart", Uid = "u" }, "fake");
        injection.Plan(new UndoPlan("fake", "net", new Dictionary<string, string>(), "by hand"));
        injection.Send(created.AddMinutes(-5), created + duration);
        var plan = new ExperimentPlan { Key = "k", Title = "t", Hypothesis = "h", Fault = new("fake", new Dictionary<string, string>()), Targets = new("shop", "app=cart"), Duration = duration };
        var kind = new FaultKind("fake", "", "", "net", "kernel", [], [], [], "");

        var order = Memory.Of(injection, plan, kind, "i", new EngineOptions(), new SteppedClock()).Order;

        order.NotAfter.ShouldBe(created.AddSeconds(30));
        order.Deadline.ShouldBe(created.AddSeconds(20));
    }
}
