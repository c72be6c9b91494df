using Shouldly;
using Xunit;
using static GameDay.IntegrationTests.Agent.KernelWords;

namespace GameDay.IntegrationTests.Agent;

/// <summary>A rehearsal against the real kernel.</summary>
public sealed class RehearsalTests
{
    [Fact]
    public async Task It_tells_what_this_kernel_has_and_changes_nothing()
    {
        using var place = new NetworkNamespaces();
        place.AddGateway("10.77.0.4");

        var said = await AgentProcess.RunAsync("rehearse", null, place.Near);

        said.Text("state").ShouldBe("rehearsed");
        var facts = said.GetProperty("rehearsal");
        facts.GetProperty("netAdmin").GetBoolean().ShouldBeTrue();
        facts.GetProperty("timedSets").GetBoolean().ShouldBeTrue();
        if (facts.TryGetProperty("netem", out var netem))
            netem.GetBoolean().ShouldBe(place.HasNetem());
        facts.Text("device").ShouldBe("eth0");
        facts.Text("rootQdisc").ShouldBe("noqueue 0:");
        facts.GetProperty("gateways")[0].GetString().ShouldBe("10.77.0.4");
        facts.Text("deadlineHeldBy").ShouldBe("kernel");
        facts.GetProperty("uptimeSeconds").GetDouble().ShouldBeGreaterThan(0);
        place.InNear("nft", "list", "ruleset").ShouldBeEmpty();
        NothingIsLeft(place);
    }

    [Fact]
    public async Task Without_root_it_still_answers_and_says_what_is_missing()
    {
        using var place = new NetworkNamespaces();

        var said = await AgentProcess.RunAsync("rehearse", null, [.. place.Near, "setpriv", "--bounding-set=-all", "--inh-caps=-all"]);

        said.GetProperty("rehearsal").GetProperty("netAdmin").GetBoolean().ShouldBeFalse();
        said.GetProperty("rehearsal").GetProperty("problems").GetRawText().ShouldContain("CAP_NET_ADMIN");
    }
}
