using GameDay.Faults.Agents;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Faults;

/// <summary>What an agent saw on a node, as the guard "Nodes rehearsed" is told.</summary>
public sealed class RehearsalReadingTests
{
    private static readonly DateTimeOffset Before = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [Trait("Rule", "before the fault")]
    [InlineData("", true, "kernel 6.1.0, eth0 (noqueue 0:), deadline held by the kernel, no mesh, clock agrees")]
    [InlineData("\"runtime\":\"gVisor\",", false, "gVisor does not use its node's kernel")]
    [InlineData("\"netAdmin\":false,", false, "NET_ADMIN is not effective")]
    [InlineData("\"timedSets\":false,\"deadlineHeldBy\":\"nobody\",", false, "nothing in the kernel would hold the deadline")]
    [InlineData("\"mesh\":\"ISTIO_OUTPUT\",", true, "mesh: ISTIO_OUTPUT")]
    [InlineData("\"problems\":[\"this kernel has no netem\"],", true, "this kernel has no netem")]
    public void It_is_judged(string more, bool fit, string says)
    {
        var (isFit, words) = Read("12:00:01", more).Judge(Before, Before.AddSeconds(2));
        isFit.ShouldBe(fit, words);
        words.ShouldContain(says);
    }

    [Theory]
    [Trait("Rule", "9")]
    [InlineData("11:59:56", true)]
    [InlineData("11:59:54", false)]
    [InlineData("12:00:07", true)]
    [InlineData("12:00:09", false)]
    public void A_clock_more_than_five_seconds_off_is_refused(string at, bool fit) => Read(at, "").Judge(Before, Before.AddSeconds(2)).Fit.ShouldBe(fit);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("exec format error")]
    [InlineData("{\"verb\":\"rehearse\",\"state\":\"refused\"}")]
    public void What_is_no_rehearsal_is_none(string? text) => RehearsalReading.Parse(text).ShouldBeNull();

    private static RehearsalReading Read(string at, string more) => RehearsalReading.Parse(
        $$$"""{"verb":"rehearse","at":"2026-11-20T{{{at}}}Z","state":"rehearsed","rehearsal":{{{{more}}}"release":"6.1.0","architecture":"x64","device":"eth0","rootQdisc":"noqueue 0:"{{{(more.Contains("deadlineHeldBy") ? "" : ",\"deadlineHeldBy\":\"kernel\"")}}}}}""")!;
}
