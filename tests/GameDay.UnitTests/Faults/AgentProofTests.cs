using GameDay.Faults.Agents;
using GameDay.Kubernetes;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Faults;

public sealed class AgentProofTests
{
    private const string Id = "0a1b2c3d";
    private const string Agent = $"gameday-{Id}-1";

    [Theory]
    [InlineData("reverted")]
    [InlineData("late")]
    [InlineData("refused")]
    public void The_agents_own_last_word_proves_it(string state) => Proof("inject", "inject", state).Holds.ShouldBeTrue();

    [Fact]
    public void A_name_that_was_taken_for_a_revert_proves_it_too() => Proof("revert", "revert", "reverted").Holds.ShouldBeTrue();

    [Theory]
    [InlineData("revert", "reverted")]
    [InlineData("status", "refused")]
    public void What_another_verb_said_in_the_agents_container_before_the_agent_was_killed_is_no_proof(string verb, string state) =>
        Proof("inject", verb, state).Holds.ShouldBeFalse();

    [Fact]
    public void An_agent_killed_with_its_fault_in_place_proves_nothing() => Proof("inject", "inject", "active").Holds.ShouldBeFalse();

    private static AgentProof Proof(string started, string said, string state) => AgentProof.Of(
        new V1Pod
        {
            Metadata = new() { Name = "cart", Namespace = "shop", Uid = "u" },
            Spec = new() { EphemeralContainers = [new() { Name = Agent, Args = [started, "--id", Id] }] },
            Status = new() { EphemeralContainerStatuses = [new() { Name = Agent, State = new() { Terminated = new() { ExitCode = 137, Message = $$"""{"verb":"{{said}}","id":"{{Id}}","state":"{{state}}"}""" } } }] },
        },
        Agent, Id);
}
