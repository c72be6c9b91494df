using Shouldly;
using Xunit;

namespace GameDay.IntegrationTests.Sandbox;

public sealed class SandboxProcessTests
{
    [Fact]
    public async Task It_stops_when_told_to()
    {
        await using var sandbox = new SandboxProcessFixture();
        await sandbox.InitializeAsync();

        (await sandbox.StopAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData("--port 0", "--data DIR is missing")]
    [InlineData("--port many --data /tmp/x", "is not a port")]
    [InlineData("--port 0 --data /tmp/x --subnet 10.0", "must be 127.N")]
    [InlineData("--speed 3 --data /tmp/x", "what is \"--speed\"?")]
    public async Task A_wrong_command_line_gets_one_clear_line(string arguments, string line)
    {
        var finished = await Finished.RunAsync("dotnet", [SandboxProcessFixture.Program, .. arguments.Split(' ')]);

        finished.Code.ShouldBe(2);
        finished.Error.Trim().ShouldNotContain('\n');
        finished.Error.ShouldContain(line);
    }
}
