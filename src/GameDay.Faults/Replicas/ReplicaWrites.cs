using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Replicas;

/// <summary>
/// The two writes of an outage, marks first and replicas second, and their undo in reverse order. Each is made against the very
/// reading that allows it, so one that comes late finds the object moved on and changes nothing.
/// </summary>
internal sealed class ReplicaWrites(KubernetesClient client, InjectionOrder order, UndoPlan undo)
{
    public int Recorded { get; } = RecordedIn(undo);

    public static int RecordedIn(UndoPlan undo) => int.Parse(undo.Values["replicas"], System.Globalization.CultureInfo.InvariantCulture);

    /// <exception cref="FaultRefused">Gone, replaced, marked by another injection, or scaled since it was recorded.</exception>
    public async Task<Workload> ReadUntouchedAsync(CancellationToken ct)
    {
        var workload = await FindAsync(ct) ?? throw new FaultRefused($"{order.Target.Namespace}/{order.Target.Name} is gone or was replaced since the targets were resolved; resolve them again.");
        ObjectMarks.RefuseForeign(workload.Metadata, order);
        return workload.Replicas == Recorded
            ? workload
            : throw new FaultRefused($"{workload.Owner} was scaled to {workload.Replicas} by {workload.ReplicasWrittenBy ?? "somebody"} since its {Recorded} replicas were recorded; nothing was changed.");
    }

    /// <summary>Null when the very workload is gone, whoever lives under its name now.</summary>
    public async Task<Workload?> FindAsync(CancellationToken ct) =>
        await Workload.FindAsync(client, order.Target, ct) is { } found && found.Metadata.Uid == order.Target.Uid ? found : null;

    public async Task RehearseAsync(CancellationToken ct)
    {
        var workload = await ReadUntouchedAsync(ct);
        await workload.PatchAsync(client, ObjectMarks.PutOn(workload.Metadata, order, undo), dryRun: true, ct);
        await workload.ScaleAsync(client, 0, dryRun: true, ct);
    }

    public async Task TakeAwayAsync(CancellationToken ct)
    {
        await Refusals.RefuseIfUntouchedAsync(() => Conditional.AgainWhenMovedAsync(async () =>
        {
            var workload = await ReadUntouchedAsync(ct);
            return await Landing.AwaitAnswerAsync(answered => workload.PatchAsync(client, ObjectMarks.PutOn(workload.Metadata, order, undo), dryRun: false, answered), ct);
        }));
        // From here on something was touched: no failure is a refusal any more.
        await Conditional.AgainWhenMovedAsync(async () =>
        {
            await Landing.RefuseLateAsync(client, order, ct);
            var workload = await ReadUntouchedAsync(ct);
            if (!Marks.Carries(workload.Metadata, order))
                throw new InvalidOperationException($"{workload.Owner} lost this injection's marks before it was scaled; somebody reverted it.");
            await Landing.AwaitAnswerAsync(
                async answered =>
                {
                    await workload.ScaleAsync(client, 0, dryRun: false, answered);
                    return true;
                },
                ct);
            return true;
        });
    }

    /// <summary>Repeatable. Restores only a zero that we wrote last, on an object that carries this injection (rules 7 and 13).</summary>
    public async Task GiveBackAsync(CancellationToken ct)
    {
        await Conditional.AgainWhenMovedAsync(async () =>
        {
            if (await FindAsync(ct) is { } workload && IsOurZero(workload))
                await workload.ScaleAsync(client, Recorded, dryRun: false, ct);
            return true;
        });
        await Conditional.AgainWhenMovedAsync(async () =>
        {
            if (await FindAsync(ct) is { } workload && Marks.Carries(workload.Metadata, order))
                await workload.PatchAsync(client, ObjectMarks.TakeOff(workload.Metadata), dryRun: false, ct);
            return true;
        });
    }

    public bool IsOurZero(Workload workload) =>
        workload.Replicas == 0 && Marks.Carries(workload.Metadata, order) && FieldOwner.MayBeUs(workload.ReplicasWrittenBy);
}
