using GameDay.Domain.Experiments;

namespace GameDay.Faults.Targeting;

/// <summary>Finds the objects of one sort that a target spec names.</summary>
internal interface ITargetSearch<T>
{
    /// <summary>What people call these objects: pods, workloads, nodes.</summary>
    string Plural { get; }

    Task<Found<T>> FindAsync(TargetSpec spec, CancellationToken ct);

    Task<IReadOnlyList<FaultTarget>> DescribeAsync(IReadOnlyList<T> chosen, CancellationToken ct);
}

/// <param name="Whole">What the share touched is a share of: all that labels and owner name, wherever it runs.</param>
/// <param name="Among">What may be chosen: the whole, narrowed by zone and node, sorted by name.</param>
internal sealed record Found<T>(int Whole, IReadOnlyList<T> Among);
