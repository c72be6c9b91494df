using FsCheck;
using FsCheck.Fluent;
using GameDay.Domain.Plugins;
using GameDay.Faults.Partitions;
using GameDay.Kubernetes;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Faults;

public sealed class SelectorParserTests
{
    [Fact]
    public void Commas_inside_parentheses_separate_values() =>
        SelectorParser.Parse("app in (cart, checkout), tier!=db,!canary,zone").Select(r => $"{r.Key} {r.Operator} {string.Join('|', r.Values ?? [])}")
            .ShouldBe(["app In cart|checkout", "tier NotIn db", "canary DoesNotExist ", "zone Exists "]);

    [Fact]
    public void What_is_not_understood_is_refused() =>
        Should.Throw<FaultRefused>(() => SelectorParser.Parse("app>3")).Message.ShouldContain("app>3");

    [Fact]
    public void A_pod_is_a_peer_or_one_of_the_opposites_allows_it_never_both_nor_neither()
    {
        var labels = Gen.Elements("a", "b", "c").ListOf().Select(values => values.Select((value, i) => (Key: "k" + i, value)).ToDictionary(p => p.Key, p => p.value));
        var selector = Gen.Elements("k0=a", "k0!=a", "k1 in (a,b)", "k1 notin (c)", "k2", "!k2").ListOf().Where(parts => parts.Count > 0).Select(parts => string.Join(',', parts));

        Prop.ForAll(labels.ToArbitrary(), selector.ToArbitrary(), (pod, text) =>
        {
            var isPeer = new V1LabelSelector { MatchExpressions = SelectorParser.Parse(text) }.Matches(pod);
            var isAllowed = SelectorParser.Opposites(text).Any(opposite => opposite.Matches(pod));
            return isPeer != isAllowed;
        }).QuickCheckThrowOnFailure();
    }
}
