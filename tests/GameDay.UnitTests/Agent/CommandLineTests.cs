using GameDay.Agent.Options;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Agent;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("explode", "unknown verb 'explode'")]
    [InlineData("revert", "revert needs --id")]
    [InlineData("revert --id AB12CD34", "--id must be 8 lower-case hex digits")]
    [InlineData("revert --id ab12cd34 --force yes", "does not know --force")]
    [InlineData("revert --id", "--id needs a value")]
    [InlineData("revert --id ab12cd34 --id ab12cd34", "--id is given twice")]
    [InlineData("revert ab12cd34", "'ab12cd34' is not an option")]
    [InlineData("connect --to payments:8080", "--to must be ip:port")]
    [InlineData("connect --to 10.0.0.1:80 --timeout 5", "--timeout must be a time such as")]
    [InlineData("inject --id ab12cd34", "inject needs exactly one of --delay")]
    [InlineData("inject --id ab12cd34 --delay 0ms", "--delay must be longer than zero")]
    [InlineData("inject --id ab12cd34 --delay 2m", "--delay must be at most 1m")]
    [InlineData("inject --id ab12cd34 --delay 10ms --jitter 20ms", "--jitter must not exceed --delay")]
    [InlineData("inject --id ab12cd34 --loss 0", "--loss must be a percentage above 0")]
    [InlineData("inject --id ab12cd34 --corrupt 101%", "--corrupt must be a percentage above 0")]
    [InlineData("inject --id ab12cd34 --reorder 25 --hold 0s", "--hold must be longer than zero")]
    [InlineData("inject --id ab12cd34 --rate 64", "--rate must be a rate such as 64kbit")]
    [InlineData("inject --id ab12cd34 --rate 1kbit", "--rate must be a rate such as 64kbit")]
    [InlineData("inject --id ab12cd34 --rate 99gbit", "--rate must be a rate such as 64kbit")]
    [InlineData("inject --id ab12cd34 --drop --loss 5", "inject needs exactly one of")]
    [InlineData("inject --id ab12cd34 --drop --never shop", "'shop' is not an IP address")]
    [InlineData("inject --id ab12cd34 --delay 10ms --by magic", "--by must be netem or proxy")]
    [InlineData("inject --id ab12cd34 --delay 10ms --by proxy", "--by proxy needs --port")]
    [InlineData("inject --id ab12cd34 --delay 10ms --by proxy --port 80 --jitter 1ms", "--by proxy takes no --jitter")]
    [InlineData("inject --id ab12cd34 --delay 10ms --by proxy --port 80 --share 101", "--share must be a percentage")]
    [InlineData("inject --id ab12cd34 --delay 10ms --share 5", "--share goes with --by proxy only")]
    [InlineData("inject --id ab12cd34 --drop --by proxy", "--by goes with --delay only")]
    [InlineData("inject --id ab12cd34 --delay 10ms --to shop", "'shop' is not an IP address")]
    [InlineData("inject --id ab12cd34 --delay 10ms --to 10.0.0.1 --port 70000", "--port must be a port")]
    [InlineData("inject --id ab12cd34 --delay 10ms --to 10.0.0.1 --duration 30s --deadline-in 30s", "inject needs --not-after")]
    [InlineData("inject --id ab12cd34 --delay 10ms --to 10.0.0.1 --duration 30s --deadline-in 30s --not-after noon", "RFC 3339")]
    public async Task A_wrong_command_line_is_refused_with_its_reason_and_touches_nothing(string words, string reason)
    {
        var stage = new Stage();

        var problem = await Should.ThrowAsync<UsageProblem>(async () => await stage.RunAsync(words));

        problem.Message.ShouldContain(reason);
        stage.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("400ms", 0.4)]
    [InlineData("30s", 30)]
    [InlineData("1m30s", 90)]
    [InlineData("1h2m3s4ms", 3723.004)]
    [InlineData("1.5s", 1.5)]
    public void Times_are_read_with_their_units(string text, double seconds)
    {
        DurationText.TryParse(text, out var span).ShouldBeTrue();
        span.TotalSeconds.ShouldBe(seconds, 1e-9);
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("s")]
    [InlineData("-3s")]
    [InlineData("3s1m")]
    [InlineData("1s1s")]
    [InlineData("3 s")]
    [InlineData("1e9s")]
    [InlineData("99999999999h")]
    public void A_time_without_a_clear_unit_is_refused(string text) => DurationText.TryParse(text, out _).ShouldBeFalse();
}
