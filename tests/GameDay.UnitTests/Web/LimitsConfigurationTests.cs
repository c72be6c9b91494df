using GameDay.Domain;
using GameDay.Web.Hosting;
using Microsoft.Extensions.Configuration;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Web;

public sealed class LimitsConfigurationTests
{
    [Fact]
    public void Limits_per_cluster_and_namespace_are_read_and_only_narrow()
    {
        var limits = LimitsConfiguration.Read(Of(
            ("Limits:MaxTargetsAtOnce", "50"), ("Limits:ForbiddenNamespaces:0", "payments"),
            ("Limits:Clusters:prod:MaxTargetsAtOnce", "10"), ("Limits:Clusters:prod:MaxPercentOfNamespace:shop", "25"), ("Limits:Clusters:test:MaxTargetsAtOnce", "500")));
        (limits.TargetsAtOnce("prod"), limits.TargetsAtOnce("test"), limits.TargetsAtOnce("other")).ShouldBe((10, 50, 50));
        (limits.PercentOf("prod", "shop"), limits.PercentOf("prod", "other")).ShouldBe((25, 100));
        limits.Forbids("test", "payments").ShouldBeTrue();
    }

    [Theory]
    [InlineData("Limits:MaxTargetsAtOnce", "many")]
    [InlineData("Limits:MaxPercentOfNamespace", "101")]
    [InlineData("Limits:Clusters:prod:MaxPercentOfNamespace:shop", "0")]
    public void A_wrong_limit_stops_the_start_and_names_its_key(string key, string value) =>
        Should.Throw<RuleBroken>(() => LimitsConfiguration.Read(Of((key, value)))).Message.ShouldContain(key);

    private static IConfiguration Of(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Key, (string?)v.Value))).Build();
}
