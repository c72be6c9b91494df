using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using GameDay.EndToEndTests.Stage;
using Shouldly;

namespace GameDay.EndToEndTests;

/// <summary>The commands as a user types them, with what they would be ashamed to see fail.</summary>
public sealed class CommandLineTests(Product product)
{
    [Theory]
    [InlineData("chaos-monkey-cart", 0, "Held")]
    [InlineData("latency-monkey-payments", 0, "Held")]
    [InlineData("partition-checkout-payments", 0, "Held")]
    [InlineData("storefront-without-catalogue", 1, "NotHeld")]
    [InlineData("stripe-kill-9-store", 1, "NotHeld", @"carts (in the store|on the replica) was \d+ carts at .* outside its tolerance")]
    public async Task A_shipped_exercise_runs_and_reports(string name, int code, string verdict, string reason = "")
    {
        var folder = Directory.CreateTempSubdirectory("gd-report-").FullName;
        var (exit, output) = await product.RunAsync("run", $"runbooks/exercises/{name}.yaml", "--out", folder);
        exit.ShouldBe(code, output);
        output.ShouldContain(verdict);
        output.ShouldMatch(reason);

        var report = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "report.json"), TestContext.Current.CancellationToken)).RootElement;
        var run = report.GetProperty("runs").EnumerateArray().ShouldHaveSingleItem();
        foreach (var injection in run.GetProperty("injections").EnumerateArray()) injection.GetProperty("phase").GetString()!.ToLowerInvariant().ShouldBe("reverted");
        report.GetProperty("leaks").GetArrayLength().ShouldBe(0);
        foreach (var ending in new[] { "html", "md", "pdf" }) new FileInfo(Path.Combine(folder, $"report.{ending}")).Length.ShouldBeGreaterThan(1000);
        (await product.RunAsync("sweep")).Code.ShouldBe(0);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_broken_file_is_refused_with_every_error_and_its_place()
    {
        var file = await WriteAsync("""
            title: Broken
            experiments:
              - key: one
                title: One
                hypothesis: It holds
                fault: { kind: pod-kil }
                targets: { namespace: shop, selector: app=cart }
                duration: ten seconds
                probes: []
                colour: red
            """);
        var (code, output) = await product.RunAsync("run", file);
        code.ShouldBe(2, output);
        foreach (var part in new[] { "pod-kil", "duration", "colour", "6", "8", "10" }) output.ShouldContain(part);
    }

    [Theory]
    [InlineData("selector: app=cart", "selector: app=nothing", "app=nothing")]
    [InlineData("namespace: shop, selector", "namespace: kube-system, selector", "protected")]
    public async Task A_plan_that_must_not_run_is_refused_and_says_why(string from, string to, string why)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Product.Root, "runbooks/exercises/chaos-monkey-cart.yaml"), TestContext.Current.CancellationToken);
        text.ShouldContain(from);
        var (code, output) = await product.RunAsync("run", await WriteAsync(text.Replace(from, to, StringComparison.Ordinal)));
        code.ShouldBe(2, output);
        output.ShouldContain(why);
        output.ShouldNotContain("effect seen");
    }

    [Fact]
    public async Task A_second_up_says_where_the_first_one_is()
    {
        var (code, output) = await product.RunAsync("up");
        code.ShouldBe(2, output);
        output.ShouldContain(product.Url.ToString().TrimEnd('/'));
    }

    [Fact]
    public async Task A_taken_port_is_one_clear_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var home = Directory.CreateTempSubdirectory("gd-port-").FullName;
        var (code, output) = await Product.RunInAsync(home, "up", "--port", $"{port}");
        code.ShouldBe(2, output);
        output.ShouldContain($"Port {port}");
        output.Trim().Split('\n').Length.ShouldBe(1, output);
        Directory.Delete(home, recursive: true);
    }

    [Fact]
    public async Task A_missing_file_and_an_unknown_command_are_wrong_usage()
    {
        (await product.RunAsync("run", "nowhere.yaml")).ShouldSatisfyAllConditions(a => a.Code.ShouldBe(2), a => a.Output.ShouldContain("nowhere.yaml"));
        (await product.RunAsync("frobnicate")).Code.ShouldBe(2);
    }

    [Fact]
    public async Task A_cluster_that_would_be_ignored_is_refused()
    {
        const string file = "runbooks/exercises/chaos-monkey-cart.yaml";
        (await product.RunAsync("run", file, "--kubeconfig", "somewhere")).ShouldSatisfyAllConditions(a => a.Code.ShouldBe(2), a => a.Output.ShouldContain("would be ignored"));
        (await product.RunAsync("run", file, "--cluster", "somewhere")).ShouldSatisfyAllConditions(a => a.Code.ShouldBe(2), a => a.Output.ShouldContain("Give --kubeconfig too"));
    }

    [Fact]
    public async Task Halt_refuses_a_run_until_it_is_released()
    {
        (await product.RunAsync("halt", "--reason", "a test")).Code.ShouldBe(0);
        try
        {
            (await product.RunAsync("kubectl", "-n", "gameday", "get", "configmap", "gameday-halt")).Code.ShouldBe(0);
            var (code, output) = await product.RunAsync("run", "runbooks/exercises/chaos-monkey-cart.yaml", "--out", Path.Combine(Path.GetTempPath(), "gd-halted"));
            code.ShouldBe(2, output);
        }
        finally
        {
            (await product.RunAsync("release", "--reason", "the test is over")).Code.ShouldBe(0);
        }
        (await product.RunAsync("kubectl", "-n", "gameday", "get", "configmap", "gameday-halt")).Code.ShouldNotBe(0);
    }

    [Fact]
    public async Task Preflight_answers_every_guard_and_injects_nothing()
    {
        var (code, output) = await product.RunAsync("preflight", "runbooks/exercises/latency-monkey-payments.yaml");
        code.ShouldBe(0, output);
        foreach (var guard in new[] { "Protected namespace", "Targets exist", "Blast radius", "Permissions", "Halt not in force" }) output.ShouldContain(guard);
    }

    private static async Task<string> WriteAsync(string yaml)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("gd-file-").FullName, "exercise.yaml");
        await File.WriteAllTextAsync(file, yaml, TestContext.Current.CancellationToken);
        return file;
    }
}
