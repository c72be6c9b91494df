using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.Faults.Reaping;
using GameDay.Kubernetes;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Faults;

public sealed class LedgerContentTests
{
    private static readonly DateTimeOffset CreatedAt = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Fact]
    public void Everything_an_undo_needs_survives_in_the_entry()
    {
        var written = new LedgerContent { Order = Order("u1"), Undo = Undo("net") };
        var read = LedgerContent.From(Stored(written), "sandbox").ShouldNotBeNull();

        read.Order.InjectionId.ShouldBe(written.Order.InjectionId);
        read.Order.ShortId.ShouldBe("0a1b2c3d");
        read.Order.Target.Uid.ShouldBe("u1");
        read.Order.Target.Ip.ShouldBe("127.7.0.9");
        read.Order.Settings["delay"].ShouldBe("300ms");
        read.Undo.Values["agent"].ShouldBe("gameday-0a1b2c3d-1");
        read.Undo.InWords.ShouldBe(written.Undo.InWords);
        read.Wanted.ShouldBe("Active");
        read.IsProved.ShouldBeFalse();
    }

    [Fact]
    public void Times_count_from_the_servers_creation_time_whatever_the_writer_thought()
    {
        var read = LedgerContent.From(Stored(new() { Order = Order("u1"), Undo = Undo("net") }), "sandbox")!;

        read.Order.NotAfter.ShouldBe(CreatedAt.AddSeconds(30));
        read.Order.Deadline.ShouldBe(CreatedAt.AddSeconds(12.5));
    }

    [Fact]
    public void The_name_is_what_is_changed()
    {
        var name = LedgerContent.NameOf(Order("u1"), Undo("net"));

        name.ShouldBe(LedgerContent.NameOf(Order("u1") with { InjectionId = Guid.NewGuid(), InstallationId = "other" }, Undo("net")));
        name.ShouldNotBe(LedgerContent.NameOf(Order("u2"), Undo("net")));
        name.ShouldNotBe(LedgerContent.NameOf(Order("u1"), Undo("policy")));
        name.Length.ShouldBeLessThanOrEqualTo(63);
    }

    [Theory]
    [InlineData("version", "2")]
    [InlineData("injection", "not a guid")]
    [InlineData("duration", "soon")]
    public void A_damaged_or_foreign_entry_is_never_acted_on(string field, string value)
    {
        var stored = Stored(new() { Order = Order("u1"), Undo = Undo("net") });
        var damaged = stored with { Data = new Dictionary<string, string>(stored.Data!) { [field] = value } };

        LedgerContent.From(damaged, "sandbox").ShouldBeNull();
        LedgerContent.From(stored with { Data = null }, "sandbox").ShouldBeNull();
        LedgerContent.From(stored with { Data = stored.Data!.Where(f => f.Key != "uid").ToDictionary() }, "sandbox").ShouldBeNull();
    }

    [Theory]
    [Trait("Rule", "13")]
    [InlineData("duration", "86400")]
    [InlineData("undo.agent", "gameday-ffffffff-1")]
    [InlineData("namespace", "kube-system")]
    [InlineData("wanted", "Perhaps")]
    public void An_entry_edited_by_hand_is_never_acted_on(string field, string value)
    {
        var stored = Stored(new() { Order = Order("u1"), Undo = Undo("net") });

        LedgerContent.From(stored with { Data = new Dictionary<string, string>(stored.Data!) { [field] = value } }, "sandbox").ShouldBeNull();
        LedgerContent.From(stored with { Data = new Dictionary<string, string>(stored.Data!) { ["wanted"] = "Reverted" } }, "sandbox").ShouldNotBeNull("to want the end is everybody's right");
    }

    [Fact]
    [Trait("Rule", "10")]
    public void A_marked_object_carries_its_whole_entry()
    {
        var order = Order("u1") with { NotAfter = CreatedAt.AddSeconds(30) };
        var marked = new V1ObjectMeta { Labels = Marks.Labels(order), Annotations = Marks.Annotations(order, Undo("net")) };

        var read = Marks.EntryOf(marked, "sandbox").ShouldNotBeNull();

        read.Order.Target.Uid.ShouldBe("u1");
        read.Order.Deadline.ShouldBe(CreatedAt.AddSeconds(12.5));
        read.Undo.Values["agent"].ShouldBe("gameday-0a1b2c3d-1");
        Marks.EntryOf(marked with { Annotations = new Dictionary<string, string> { [Marks.Entry] = "{" } }, "sandbox").ShouldBeNull();
    }

    [Theory]
    [Trait("Rule", "13")]
    [InlineData("""{"createdAt":null}""")]
    [InlineData("""{"createdAt":"2026-03-04T05:06:07Z","kind":null}""")]
    [InlineData("""{"createdAt":"soon"}""")]
    [InlineData("""["createdAt"]""")]
    [InlineData("null")]
    public void Marks_that_nobody_could_have_written_are_no_entry_and_break_nothing(string entry) =>
        Marks.EntryOf(new V1ObjectMeta { Annotations = new Dictionary<string, string> { [Marks.Entry] = entry } }, "sandbox").ShouldBeNull();

    [Fact]
    [Trait("Rule", "13")]
    public void An_object_speaks_for_itself_alone()
    {
        var order = Order("u1") with { NotAfter = CreatedAt.AddSeconds(30) };
        var gate = new EntryGate(new ReaperOptions { Name = "r", Installation = "here" }, new Dictionary<string, FaultKind> { ["network-latency"] = Latency });
        var marks = new V1ObjectMeta { Namespace = "shop", Name = "payments-0", Uid = "u1", Labels = Marks.Labels(order), Annotations = Marks.Annotations(order, Undo("net")) };

        gate.WhyNotCarried(marks, Marks.EntryOf(marks, "sandbox")).ShouldBeNull();
        gate.WhyNotCarried(marks with { Uid = "u2", Name = "cart-0" }, Marks.EntryOf(marks, "sandbox")).ShouldBe("its marks name another target");
    }

    [Fact]
    [Trait("Rule", "13")]
    public void A_kind_ends_only_what_it_touches()
    {
        var order = Order("u1") with { NotAfter = CreatedAt.AddSeconds(30) };
        var node = order with { Target = order.Target with { Kind = "Node" } };
        var gate = new EntryGate(new ReaperOptions { Name = "r", Installation = "here" }, new Dictionary<string, FaultKind> { ["network-latency"] = Latency });
        var marks = new V1ObjectMeta { Uid = "u1", Labels = Marks.Labels(node), Annotations = Marks.Annotations(node, Undo("net")) };

        gate.WhyNot(marks, Marks.EntryOf(marks, "sandbox")).ShouldBe("network-latency does not touch a Node");
    }

    [Fact]
    [Trait("Rule", "2")]
    public void Nothing_begins_after_its_deadline_even_within_the_landing_window()
    {
        var order = Order("u1") with { NotAfter = CreatedAt.AddSeconds(30), Deadline = CreatedAt.AddSeconds(10) };

        Landing.LimitOf(order).ShouldBe(CreatedAt.AddSeconds(10));
        Landing.LimitOf(order with { Deadline = CreatedAt.AddMinutes(5) }).ShouldBe(CreatedAt.AddSeconds(30));
    }

    [Theory]
    [Trait("Rule", "7")]
    [InlineData(null, true)]
    [InlineData("gameday", true)]
    [InlineData("ancient-changes", true)]
    [InlineData("kubectl-scale", false)]
    public void A_value_whose_writer_the_server_forgot_may_still_be_ours(string? manager, bool ours) => FieldOwner.MayBeUs(manager).ShouldBe(ours);

    private static FaultKind Latency => new("network-latency", "t", "s", "net", "kernel", [new("delay", SettingType.Duration, "d")], [], [], "r")
    {
        UndoValues = new Dictionary<string, string> { ["agent"] = "gameday-{id}-1" },
    };

    private static V1ConfigMap Stored(LedgerContent content)
    {
        var map = content.ToConfigMap("gameday");
        return map with { Metadata = map.Metadata with { CreationTimestamp = CreatedAt } };
    }

    private static UndoPlan Undo(string layer) => new("network-latency", layer, new Dictionary<string, string> { ["agent"] = "gameday-0a1b2c3d-1" }, "kubectl -n shop delete pod payments-0");

    private static InjectionOrder Order(string uid) => new(
        Guid.Parse("0192f0c1-1111-7222-8333-44440a1b2c3d"), "0a1b2c3d", Guid.NewGuid(), "here",
        new FaultTarget { Cluster = "sandbox", Namespace = "shop", Kind = "Pod", Name = "payments-0", Uid = uid, Ip = "127.7.0.9" },
        new Dictionary<string, string> { ["delay"] = "300ms" }, TimeSpan.FromSeconds(12.5), DateTimeOffset.MaxValue, DateTimeOffset.MaxValue);
}
