using GameDay.Kubernetes;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Kubernetes;

public sealed class KubeConfigTests
{
    private const string Two = """
        current-context: a
        contexts:
        - {name: a, context: {cluster: one, user: me}}
        - {name: b, context: {cluster: two, user: me, namespace: shop}}
        - {name: broken, context: {cluster: three, user: me}}
        - {name: nobody, context: {cluster: one, user: ghost}}
        clusters:
        - {name: one, cluster: {server: "https://one.example:6443"}}
        - {name: two, cluster: {server: "https://two.example/k8s", proxy-url: "http://proxy:3128"}}
        users:
        - {name: me, user: {token: t}}
        preferences: {}
        """;

    [Fact]
    public void The_current_context_is_used_unless_one_is_named()
    {
        Read(null).Host.ShouldBe(new Uri("https://one.example:6443"));
        Read(null).Namespace.ShouldBe("default");
        var two = Read("b");
        two.ClusterName.ShouldBe("two");
        two.Namespace.ShouldBe("shop");
        two.Proxy.ShouldBe(new Uri("http://proxy:3128"));
    }

    [Theory]
    [InlineData("nowhere", "no context 'nowhere'. It has: a, b")]
    [InlineData("broken", "no cluster 'three'. It has: one, two")]
    [InlineData("nobody", "no user 'ghost'. It has: me")]
    public void A_missing_name_is_refused_with_those_that_exist(string context, string words) =>
        Should.Throw<KubeConfigException>(() => Read(context)).Message.ShouldContain(words);

    [Fact]
    public void A_file_that_is_no_kubeconfig_is_refused_with_the_place()
    {
        Should.Throw<KubeConfigException>(() => KubeConfig.Parse("contexts: [}")).Message.ShouldContain("line 1");
        Should.Throw<KubeConfigException>(() => KubeConfig.Parse("")).Message.ShouldContain("empty");
        Should.Throw<KubeConfigException>(() => KubeConfig.Load("/nowhere/config")).Message.ShouldContain("/nowhere/config");
    }

    [Fact]
    public void Removed_ways_of_signing_in_are_named()
    {
        var old = Two.Replace("{token: t}", "{auth-provider: {name: gcp}}", StringComparison.Ordinal);
        Should.Throw<KubeConfigException>(() => KubernetesClientConfiguration.FromKubeConfig(KubeConfig.Parse(old))).Message.ShouldContain("auth-provider");
    }

    [Theory]
    [InlineData("proxy-url", "http://proxy:3128", "http://proxy:3128")]
    [InlineData("server", "https://two.example/k8s", "https://kubernetes.example:6443")]
    public void An_address_that_cannot_be_used_is_told_by_its_key_and_without_its_password(string key, string address, string example)
    {
        var wrong = Two.Replace($"\"{address}\"", "\"user:secret@there:3128\"", StringComparison.Ordinal);

        var problem = Should.Throw<KubeConfigException>(() => KubernetesClientConfiguration.FromKubeConfig(KubeConfig.Parse(wrong), "b"));

        problem.Message.ShouldContain($"The {key} of the cluster 'two'");
        problem.Message.ShouldContain(example);
        problem.Message.ShouldNotContain("secret");
    }

    [Fact]
    public void Damaged_certificate_data_is_refused()
    {
        var damaged = Two.Replace("6443\"}", "6443\", certificate-authority-data: \"%%%\"}", StringComparison.Ordinal);
        Should.Throw<KubeConfigException>(() => KubernetesClientConfiguration.FromKubeConfig(KubeConfig.Parse(damaged))).Message.ShouldContain("certificate-authority");
    }

    private static KubernetesClientConfiguration Read(string? context) => KubernetesClientConfiguration.FromKubeConfig(KubeConfig.Parse(Two), context);
}
