using GameDay.Domain;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.Kubernetes;
using GameDay.Web.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Faults;

/// <summary>A revert never waits for a rate limit, and who does is configured per cluster.</summary>
public sealed class UrgencyTests
{
    [Fact]
    public async Task Undo_and_proof_of_every_registered_fault_are_urgent_and_looking_is_not()
    {
        var seen = new Dictionary<string, bool>(StringComparer.Ordinal);
        var fault = new ServiceCollection().AddSingleton(seen).AddFault<Witness>().BuildServiceProvider().GetServices<IFault>().Single();

        await fault.PrepareAsync(null!, default);
        await fault.InjectAsync(null!, null!, default);
        await fault.RehearseAsync(null!, default);
        await fault.RevertAsync(null!, null!, default);
        await fault.VerifyRevertedAsync(null!, null!, default);
        await fault.PrepareAsync(null!, default);

        seen.ShouldBe(new Dictionary<string, bool> { ["prepare"] = false, ["inject"] = false, ["rehearse"] = false, ["revert"] = true, ["verify"] = true }, ignoreOrder: true);
    }

    [Fact]
    public void A_real_cluster_has_a_limit_and_the_sandbox_has_none_unless_it_is_given_one()
    {
        new ClusterSource("prod", IsSandbox: false, "file").Rate.ShouldBe(new ClusterRate(50, 300));
        new ClusterSource("sandbox", IsSandbox: true, "file").Rate.Qps.ShouldBe(0);
        Read(new() { ["Clusters:prod:Qps"] = "7.5", ["Clusters:prod:Burst"] = "9" }).ShouldBe(new ClusterRate(7.5, 9));
        Read([]).ShouldBe(new ClusterRate(50, 300));
    }

    [Theory]
    [InlineData("Clusters:prod:Qps", "fast")]
    [InlineData("Clusters:prod:Qps", "-1")]
    [InlineData("Clusters:prod:Burst", "0")]
    public void A_wrong_limit_stops_the_start_and_names_its_key(string key, string value) =>
        Should.Throw<RuleBroken>(() => Read(new() { [key] = value })).Message.ShouldContain(key);

    private static ClusterRate Read(Dictionary<string, string?> keys) =>
        RateConfiguration.Read(new ConfigurationBuilder().AddInMemoryCollection(keys).Build(), "prod", new());

    private sealed class Witness(Dictionary<string, bool> seen) : IFault
    {
        public FaultKind Kind => null!;

        public async Task<UndoPlan> PrepareAsync(InjectionOrder order, CancellationToken ct) => await SeeAsync("prepare", (UndoPlan)null!);

        public async Task<IReadOnlyList<Rehearsal>> RehearseAsync(InjectionOrder order, CancellationToken ct) => await SeeAsync<IReadOnlyList<Rehearsal>>("rehearse", []);

        public async Task<Evidence> InjectAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => await SeeAsync("inject", (Evidence)null!);

        public Task RevertAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => SeeAsync("revert", 0);

        public async Task<Evidence> VerifyRevertedAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => await SeeAsync("verify", (Evidence)null!);

        private async Task<T> SeeAsync<T>(string what, T answer)
        {
            await Task.Yield();
            seen[what] = Urgency.IsUrgent;
            return answer;
        }
    }
}
