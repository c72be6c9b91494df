using GameDay.Sandbox.Network;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox.Running;

public sealed class SubnetTests
{
    [Fact]
    public void Two_sandboxes_never_share_a_range()
    {
        using var first = Subnet.Claim(null);
        using var second = Subnet.Claim(null);

        second.Second.ShouldNotBe(first.Second);
        Should.Throw<SubnetTaken>(() => Subnet.Claim($"127.{first.Second}")).Message.ShouldContain("--subnet");
        Should.Throw<SubnetTaken>(() => Subnet.Claim("10.0"));
    }

    [Fact]
    public void Thousands_of_pods_get_addresses_of_their_own_outside_the_blocks_of_nodes_and_services()
    {
        using var subnet = Subnet.Claim(null);
        var addresses = new PodAddresses(subnet);
        var given = Enumerable.Range(0, 6000).Select(i => addresses.Take((i % 6) + 1)).ToList();

        given.Distinct().Count().ShouldBe(6000);
        given.ShouldAllBe(a => a.GetAddressBytes()[2] % 8 != 0);
    }
}
