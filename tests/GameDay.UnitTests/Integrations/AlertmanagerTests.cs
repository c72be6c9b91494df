using GameDay.Domain.Plugins;
using GameDay.Integrations.Alertmanager;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Integrations;

public sealed class AlertmanagerTests
{
    [Fact]
    public async Task What_fires_is_read_with_its_name_and_summary()
    {
        await using var server = await VendorServer.StartAsync((_, c) => c.Response.WriteAsync("""
            [{"fingerprint":"a1","labels":{"alertname":"StoreLostItsKeys","severity":"page"},"annotations":{"summary":"91 keys fewer"},"status":{"state":"active"}},
             {"fingerprint":"b2","labels":{"alertname":"NodeSilent"},"annotations":{}}]
            """));

        var firing = await new AlertmanagerAlerts(new HttpClient(), new AlertmanagerOptions { BaseAddress = server.Address }).FiringAsync(TestContext.Current.CancellationToken);

        firing.ShouldBe([new FiringAlert("a1", "StoreLostItsKeys", "91 keys fewer"), new FiringAlert("b2", "NodeSilent", "")]);
        server.Requests.ShouldHaveSingleItem().Query.ShouldBe("?active=true&silenced=false&inhibited=false");
    }

    [Fact]
    public void Without_an_address_it_is_not_configured() => new AlertmanagerAlerts(new HttpClient(), new AlertmanagerOptions()).IsConfigured.ShouldBeFalse();
}
