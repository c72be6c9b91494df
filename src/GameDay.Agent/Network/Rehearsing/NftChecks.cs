using GameDay.Agent.Kernel;

namespace GameDay.Agent.Network.Rehearsing;

/// <summary>What the kernel's nftables would take, asked by <c>nft -c</c>, which changes nothing.</summary>
public sealed class NftChecks(IKernel kernel)
{
    private const string Timed = """
        table inet gameday_rehearsal {
          set peers4 { type ipv4_addr; flags timeout; elements = { 192.0.2.1 timeout 1000ms }; }
          chain out {
            type filter hook output priority mangle; policy accept;
            ip daddr @peers4 drop;
          }
        }

        """;

    private const string Owned = """
        table inet gameday_rehearsal {
          flags owner;
          set peers4 { type ipv4_addr; flags timeout; elements = { 192.0.2.1 timeout 1000ms }; }
          chain out {
            type nat hook output priority -100; policy accept;
            ip daddr @peers4 tcp dport 1 numgen random mod 100 < 50 redirect to :1;
          }
        }

        """;

    /// <summary>Null when it takes them, else why not.</summary>
    public Task<string?> TimedSetsAsync(CancellationToken ct) => CheckAsync(Timed, ct);

    /// <summary>Null when it takes owned tables that redirect, else why not.</summary>
    public Task<string?> OwnerTablesAsync(CancellationToken ct) => CheckAsync(Owned, ct);

    private async Task<string?> CheckAsync(string script, CancellationToken ct)
    {
        var result = await kernel.RunAsync(new ToolCall("nft", ["-c", "-f", "-"], script), ct);
        return result.Ok ? null : result.Exit == ToolResult.NotFound ? "nft is missing from the agent's image" : result.Complaint;
    }
}
