using GameDay.Web.CommandLine.Up;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Web;

public sealed class MonitoringTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("gd-monitoring-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task One_that_cannot_be_started_is_told_and_gone_on_without()
    {
        var told = new List<string>();

        (await Monitoring.StartedOrNoneAsync(new Layout(_root), told.Add)).ShouldBeNull();

        told.ShouldHaveSingleItem().ShouldStartWith("Prometheus and Alertmanager could not be started; going on without alerts and PromQL: ");
    }

    [Theory]
    [InlineData("Alertmanager__BaseAddress", "Prometheus__BaseAddress")]
    [InlineData("Prometheus__BaseAddress", "Alertmanager__BaseAddress")]
    public async Task An_address_that_the_user_has_set_is_left_as_it_is(string theirs, string ours)
    {
        await using var monitoring = new Monitoring(new Layout(_root), _ => { });

        monitoring.Settings(name => name == theirs ? "http://theirs:9090" : "").Keys.ShouldBe([ours]);
    }
}
