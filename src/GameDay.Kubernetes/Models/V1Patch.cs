namespace GameDay.Kubernetes;

/// <summary>A change that names only what it changes, so that nothing else is lost.</summary>
public sealed record V1Patch(object Content, PatchType Type)
{
    public static V1Patch Json(params JsonPatchOperation[] operations) => new(operations, PatchType.JsonPatch);

    public static V1Patch Merge(object content) => new(content, PatchType.MergePatch);

    public static V1Patch StrategicMerge(object content) => new(content, PatchType.StrategicMergePatch);

    public static V1Patch Apply(object content) => new(content, PatchType.ApplyPatch);

    internal string MediaType => Type switch
    {
        PatchType.JsonPatch => "application/json-patch+json",
        PatchType.MergePatch => "application/merge-patch+json",
        PatchType.StrategicMergePatch => "application/strategic-merge-patch+json",
        _ => "application/apply-patch+yaml",
    };
}

public enum PatchType { JsonPatch, MergePatch, StrategicMergePatch, ApplyPatch }

/// <summary>One step of a JSON patch; <c>test</c> makes it compare-and-set.</summary>
public sealed record JsonPatchOperation(string Op, string Path, object? Value = null);
