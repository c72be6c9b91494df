using System.Text;
using GameDay.Kubernetes;
using GameDay.KubernetesTests.Servers;
using Shouldly;

namespace GameDay.KubernetesTests.Fidelity;

/// <summary>The same kubectl commands against the sandbox and a real API server; what they answer is compared word for word.</summary>
public sealed class FidelityTests(ServerUnderTest server)
{
    [Fact]
    public async Task The_sandbox_answers_kubectl_as_a_real_server_does()
    {
        Assert.SkipUnless(server.Server is RealApiServer, $"not checked against the {server.Server.Name} server: the sandbox is compared with a real API server without anybody else's objects");
        await using var sandbox = new SandboxServer();
        await sandbox.StartAsync();
        var commands = Lines("script.txt");

        var answers = await Task.WhenAll(RunAsync(server.Server, commands), RunAsync(sandbox, commands));

        Judge(answers[0].Zip(answers[1]).Where(pair => pair.First != pair.Second).ToList());
    }

    private static async Task<List<Answer>> RunAsync(TestServer server, IReadOnlyList<string> commands)
    {
        // The script sets its own namespace.
        var kubeconfig = Path.GetTempFileName();
        try
        {
            File.Copy(server.Kubeconfig, kubeconfig, overwrite: true);
            using var client = server.Connect();
            var node = (await client.ListAsync<V1Node>()).Items[0].Metadata.Name!;
            await server.KubectlOnAsync(kubeconfig, "config set-context --current --namespace=fidelity");
            var answers = new List<Answer>();
            foreach (var command in commands)
                answers.Add(await Answer.OfAsync(kubeconfig, node, command));
            return answers;
        }
        finally
        {
            File.Delete(kubeconfig);
        }
    }

    private static void Judge(IReadOnlyList<(Answer Real, Answer Sandbox)> different)
    {
        var known = Lines("differences.txt").Select(line => line.Split(" => ")[0]).ToList();
        var report = new StringBuilder();
        foreach (var (real, sandbox) in different.Where(pair => !known.Contains(pair.Real.Command, StringComparer.Ordinal)))
            report.Append($"\n$ kubectl {real.Command}\n--- a real server\n{real}\n--- the sandbox\n{sandbox}\n");
        foreach (var command in known.Where(command => different.All(pair => pair.Real.Command != command)))
            report.Append($"\n$ kubectl {command}\nstands in differences.txt and does not differ\n");
        report.ToString().ShouldBeEmpty();
    }

    private static List<string> Lines(string file) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Fidelity", file)).Where(line => line.Length > 0 && !line.StartsWith('#'))];
}
