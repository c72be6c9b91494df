using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>How many pods each node has, and of whom: kept up with each change, so that placing one pod does not look at all others.</summary>
internal sealed class PlacedPods
{
    private static readonly Dictionary<string, int> None = [];
    private readonly Lock gate = new();
    private readonly Dictionary<string, (string Node, string? Owner)> placed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> perNode = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, int>> perOwner = new(StringComparer.Ordinal);

    public void Note(Change change)
    {
        var pod = change.Now.Facts;
        if (change.Type != StoreEvent.Deleted && pod.IsActive && !string.IsNullOrEmpty(pod.Node))
        {
            Put(pod.Uid, pod.Node, pod.Controller);
        }
        else if (change.Type == StoreEvent.Deleted || !pod.IsActive)
        {
            Take(pod.Uid);
        }
    }

    public void Put(string uid, string node, string? owner)
    {
        lock (gate)
        {
            TakeLocked(uid);
            placed[uid] = (node, owner);
            Count(perNode, node, 1);
            if (owner is not null)
            {
                if (!perOwner.TryGetValue(owner, out var nodes))
                {
                    perOwner[owner] = nodes = new Dictionary<string, int>(StringComparer.Ordinal);
                }

                Count(nodes, node, 1);
            }
        }
    }

    public void Take(string uid)
    {
        lock (gate)
        {
            TakeLocked(uid);
        }
    }

    /// <summary>The best of some nodes: fewest siblings in its zone, then on itself, then fewest pods.</summary>
    public string Best(IReadOnlyList<SchedulableNode> nodes, string? owner)
    {
        lock (gate)
        {
            var siblings = owner is not null && perOwner.TryGetValue(owner, out var found) ? found : None;
            var inZone = nodes.GroupBy(node => node.Zone, StringComparer.Ordinal)
                .ToDictionary(zone => zone.Key, zone => zone.Sum(node => siblings.GetValueOrDefault(node.Name)), StringComparer.Ordinal);
            return nodes.MinBy(node => (inZone[node.Zone], siblings.GetValueOrDefault(node.Name), perNode.GetValueOrDefault(node.Name)))!.Name;
        }
    }

    private void TakeLocked(string uid)
    {
        if (placed.Remove(uid, out var was))
        {
            Count(perNode, was.Node, -1);
            if (was.Owner is { } owner && perOwner.TryGetValue(owner, out var nodes))
            {
                Count(nodes, was.Node, -1);
                if (nodes.Count == 0)
                {
                    perOwner.Remove(owner);
                }
            }
        }
    }

    private static void Count(Dictionary<string, int> counts, string key, int by)
    {
        if ((counts[key] = counts.GetValueOrDefault(key) + by) == 0)
        {
            counts.Remove(key);
        }
    }
}
