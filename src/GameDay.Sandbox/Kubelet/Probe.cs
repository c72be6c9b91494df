using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Network;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Kubelet;

/// <summary>A container's probe as its spec states it, with Kubernetes' defaults.</summary>
public sealed record ProbeSpec(string? Path, int Port, TimeSpan InitialDelay, TimeSpan Period, TimeSpan Timeout, int SuccessThreshold, int FailureThreshold)
{
    /// <summary>Null for no probe and for the kinds nothing here can answer (exec, gRPC).</summary>
    public static ProbeSpec? From(JsonObject container, string kind)
    {
        var probe = container.At(kind);
        var action = probe.At("httpGet") ?? probe.At("tcpSocket");
        return action is null ? null : new ProbeSpec(
            probe.At("httpGet") is null ? null : action.Text("path") ?? "/",
            action.Number("port") ?? container.Items("ports").FirstOrDefault(p => p.Text("name") == action.Text("port")).Number("containerPort") ?? 80,
            Seconds(probe, "initialDelaySeconds", 0),
            Seconds(probe, "periodSeconds", 10),
            Seconds(probe, "timeoutSeconds", 1),
            probe.Number("successThreshold") ?? 1,
            probe.Number("failureThreshold") ?? 3);
    }

    private static TimeSpan Seconds(JsonNode? probe, string name, int otherwise) => TimeSpan.FromSeconds(probe.Number(name) ?? otherwise);
}

/// <summary>Asks a container over a fresh TCP connection from its node, and tells when enough answers in a row agree.</summary>
public sealed class Probe(ProbeSpec spec, PodNetwork network, Caller host, IPAddress target)
{
    /// <summary>Probes until cancelled. The callback hears every turn: healthy or not, and what was wrong; and every first failure.</summary>
    public async Task RunAsync(bool initially, Action<bool> turned, Action<string> failed, CancellationToken ct)
    {
        await Task.Delay(spec.InitialDelay, network.Clock, ct);
        var (healthy, row) = (initially, 0);
        using var timer = new PeriodicTimer(spec.Period, network.Clock);
        do
        {
            var problem = await CheckAsync(ct);
            var agrees = problem is null == healthy;
            row = agrees ? 0 : row + 1;
            if (problem is not null && row == 1)
            {
                failed(problem);
            }

            if (!agrees && row >= (healthy ? spec.FailureThreshold : spec.SuccessThreshold))
            {
                (healthy, row) = (!healthy, 0);
                turned(healthy);
            }
        }
        while (await timer.WaitForNextTickAsync(ct));
    }

    /// <summary>One try: null when it succeeded, else what was wrong, in the kubelet's words.</summary>
    public async Task<string?> CheckAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(spec.Timeout);
        var about = $"Get \"http://{target}:{spec.Port}{spec.Path}\"";
        try
        {
            await using var connection = await network.DialAsync(host, target.ToString(), spec.Port, limit.Token);
            var code = spec.Path is null ? 200 : await GetAsync(connection, limit.Token);
            return code is >= 200 and < 400 ? null : $"HTTP probe failed with statuscode: {code}";
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return $"{about}: context deadline exceeded (Client.Timeout exceeded while awaiting headers)";
        }
        catch (SocketException e)
        {
            return $"{about}: dial tcp {target}:{spec.Port}: connect: {e.Message.ToLowerInvariant()}";
        }
        catch (IOException e)
        {
            return $"{about}: {e.Message}";
        }
    }

    private async Task<int> GetAsync(Stream connection, CancellationToken ct)
    {
        await connection.WriteAsync(Encoding.ASCII.GetBytes($"GET {spec.Path} HTTP/1.1\r\nHost: {target}:{spec.Port}\r\nUser-Agent: kube-probe/1.33\r\nConnection: close\r\n\r\n"), ct);
        var answer = new byte[512];
        var length = 0;
        while (length < 12)
        {
            var read = await connection.ReadAsync(answer.AsMemory(length), ct);
            length += read > 0 ? read : throw new IOException("EOF");
        }

        return int.TryParse(Encoding.ASCII.GetString(answer, 9, 3), out var code) ? code : 0;
    }
}
