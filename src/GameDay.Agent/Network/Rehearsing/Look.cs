using System.Globalization;
using System.Runtime.InteropServices;
using GameDay.Agent.Kernel;

namespace GameDay.Agent.Network.Rehearsing;

/// <summary>One look round the pod. Touches nothing; what cannot be read becomes a problem, not an end.</summary>
public sealed class Look(IKernel kernel)
{
    private readonly KernelReader _reader = new(kernel);
    private readonly List<string> _problems = [];

    /// <summary>Everything a network fault would need, and why it would be refused.</summary>
    public async Task<RehearsalFacts> RoundAsync(CancellationToken ct)
    {
        var status = ProcessStatus.Read(await kernel.ReadAsync("/proc/self/status", ct));
        var timed = await new NftChecks(kernel).TimedSetsAsync(ct);
        var kinds = new QdiscKinds(kernel);
        var facts = new RehearsalFacts
        {
            Release = (await kernel.ReadAsync("/proc/sys/kernel/osrelease", ct))?.Trim(),
            Architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
            Runtime = await RuntimeSigns.ReadAsync(kernel, ct),
            Uid = status.Uid,
            NetAdmin = status.NetAdmin,
            SysPtrace = status.SysPtrace,
            TimedSets = Known(timed is null, status),
            OwnerTables = Known(await new NftChecks(kernel).OwnerTablesAsync(ct) is null, status),
            Netem = await kinds.HasAsync("netem", ct),
            Htb = await kinds.HasAsync("htb", ct),
            Tbf = await kinds.HasAsync("tbf", ct),
            UptimeSeconds = Uptime(await kernel.ReadAsync("/proc/uptime", ct)),
            DeadlineHeldBy = timed is null ? "kernel" : "nobody",
        };
        Judge(facts, timed);
        await TryAsync(async () => facts = await WithDeviceAsync(facts, ct));
        await TryAsync(async () => facts = facts with { Mesh = await _reader.MeshAsync(ct) });
        return facts with { Problems = _problems };
    }

    // Without the capability the kernel refuses the question itself.
    private static bool? Known(bool taken, ProcessStatus status) => taken || status.NetAdmin != false ? taken : null;

    private void Judge(RehearsalFacts facts, string? timed)
    {
        if (facts.Runtime is { } runtime)
            _problems.Add($"{runtime}: the pod does not use its node's kernel");
        if (facts.NetAdmin == false)
            _problems.Add("CAP_NET_ADMIN is not effective");
        if (timed is not null)
            _problems.Add($"nothing would hold the deadline with every process dead: {timed}");
        if (facts.Htb == false)
            _problems.Add("this kernel has no htb: no delay by netem, loss or rate");
        if (facts.Netem == false)
            _problems.Add($"this kernel has no netem: no loss, duplication, corruption, reordering; delay {(facts.OwnerTables == true ? "by proxy" : "neither")}");
    }

    private async Task<RehearsalFacts> WithDeviceAsync(RehearsalFacts facts, CancellationToken ct)
    {
        var routes = await _reader.DefaultRoutesAsync(ct);
        var device = routes.Select(route => route.Device).FirstOrDefault(name => name is not null);
        var root = (await _reader.QdiscsAsync(ct)).FirstOrDefault(row => row.Root && row.Dev == device);
        if (root is { PutBySomebody: true })
            _problems.Add($"{device} has a root qdisc of somebody else: {root.Kind} {root.Handle}");
        return facts with
        {
            Device = device,
            RootQdisc = root is null ? null : $"{root.Kind} {root.Handle}",
            Gateways = [.. routes.SelectMany(route => route.Gateways).Select(gateway => gateway.ToString()).Distinct(StringComparer.Ordinal)],
        };
    }

    private async Task TryAsync(Func<Task> read)
    {
        try
        {
            await read();
        }
        catch (KernelProblem problem)
        {
            _problems.Add(problem.Message);
        }
    }

    private static double? Uptime(string? text) =>
        double.TryParse(text?.Split(' ')[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
}
