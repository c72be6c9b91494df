using GameDay.Reaper;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Reaping;

public sealed class ReaperArgumentsTests
{
    [Fact]
    public void In_a_pod_it_needs_no_argument()
    {
        var read = Parse(name => name switch { "HOSTNAME" => "gameday-reaper-7f_X", "NODE_NAME" => "node-a", _ => null }).ShouldNotBeNull();

        read.Kubeconfig.ShouldBeNull();
        read.Name.ShouldBe("gameday-reaper-7f-x");
        read.Node.ShouldBe("node-a");
        read.Quiet.ShouldBe(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Lists_and_times_are_read()
    {
        var read = Parse(_ => null, "--kubeconfig", "f", "--context", "c", "--namespaces", "shop, pay", "--quiet-seconds", "2.5", "--exit-with-parent").ShouldNotBeNull();

        read.Namespaces.ShouldBe(["shop", "pay"]);
        read.Quiet.ShouldBe(TimeSpan.FromSeconds(2.5));
        read.ExitWithParent.ShouldBeTrue();
    }

    [Theory]
    [InlineData("--context", "c")]
    [InlineData("--quiet-seconds", "soon")]
    [InlineData("--quiet-seconds", "-1")]
    [InlineData("--what", "x")]
    [InlineData("--name")]
    public void What_it_does_not_understand_it_refuses(params string[] args) => Parse(_ => null, args).ShouldBeNull();

    private static ReaperArguments? Parse(Func<string, string?> environment, params string[] args) => ReaperArguments.Parse(args, environment, out _);
}
