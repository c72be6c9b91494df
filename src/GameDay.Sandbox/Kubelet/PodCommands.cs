using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Network;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Kubelet;

/// <summary>The few commands a container without a file system of its own can answer to exec.</summary>
internal sealed class PodCommands(PodNetwork network, PodEndpoint pod, JsonObject container, TextWriter output, TextWriter errors)
{
    private const int Missing = 127;

    public async Task<int> RunAsync(IReadOnlyList<string> command, CancellationToken ct)
    {
        string[] arguments = [.. command.Skip(1)];
        switch (Path.GetFileName(command[0]), arguments)
        {
            case ("env" or "printenv", []):
                return await SayAsync($"HOSTNAME={pod.Name}\n{string.Concat(container.Items("env").Select(e => $"{e.Text("name")}={e.Text("value")}\n"))}");
            case ("hostname", ["-i"]):
                return await SayAsync($"{pod.Address}\n");
            case ("hostname", []):
            case ("cat", ["/etc/hostname"]):
                return await SayAsync(pod.Name + "\n");
            case ("cat", ["/etc/hosts"]):
                return await SayAsync($"127.0.0.1\tlocalhost\n{pod.Address}\t{pod.Name}\n");
            case ("echo", _):
                return await SayAsync(string.Join(' ', arguments) + "\n");
            case ("date", _):
                return await SayAsync(network.Clock.GetUtcNow().ToString("ddd MMM d HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture) + "\n");
            case ("true", _):
                return 0;
            case ("false", _):
                return 1;
            case ("sleep", [var seconds]) when double.TryParse(seconds, CultureInfo.InvariantCulture, out var length):
                await Task.Delay(TimeSpan.FromSeconds(length), network.Clock, ct);
                return 0;
            case ("sh" or "bash", ["-c", var script]):
                return await RunAsync(script.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('\'', '"')).ToArray(), ct);
            case ("wget" or "curl", _):
                return await new HttpCommand(network, pod, output, errors).RunAsync(Path.GetFileName(command[0]), arguments, ct);
            default:
                await errors.WriteAsync(NotFound(command[0]));
                return Missing;
        }
    }

    public static async Task<int> NotFoundAsync(string program, Stream stderr)
    {
        await stderr.WriteAsync(Encoding.UTF8.GetBytes(NotFound(program)));
        return Missing;
    }

    private static string NotFound(string program) =>
        $"OCI runtime exec failed: exec failed: unable to start container process: exec: \"{program}\": executable file not found in $PATH: unknown\n";

    private async Task<int> SayAsync(string text)
    {
        await output.WriteAsync(text);
        return 0;
    }
}
