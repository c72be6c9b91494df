using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Selectors;

/// <summary>What a list or a watch is restricted to: namespace, one name, labels, fields.</summary>
internal sealed class ObjectFilter(string? ns, LabelQuery labels, FieldQuery fields)
{
    private readonly string prefix = string.IsNullOrEmpty(ns) ? "" : ns + "/";

    public bool HasSelectors => !labels.IsEverything || !fields.IsEverything;

    public bool Matches(StoredObject? item) =>
        item is not null
        && item.Key.StartsWith(prefix, StringComparison.Ordinal)
        && (labels.IsEverything || labels.Matches(item.Facts.Labels))
        && (fields.IsEverything || fields.Matches(item));

    public static ObjectFilter Of(ApiCall call)
    {
        var fields = call.Option("fieldSelector");
        if (call.Path.Name is { } name)
        {
            fields = $"metadata.name={name}";
        }

        return new ObjectFilter(call.Namespace, LabelQuery.Parse(call.Option("labelSelector")), FieldQuery.Parse(call.Type, fields));
    }
}
