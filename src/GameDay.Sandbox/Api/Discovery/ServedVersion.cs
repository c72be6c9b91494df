using GameDay.Sandbox.Api.Metrics;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Discovery;

/// <summary>A group version with the kinds in it. Answered kinds are never stored.</summary>
internal sealed record ServedVersion(string Group, string Version, IReadOnlyList<ResourceType> Types, IReadOnlyList<AnsweredType> Answered)
{
    public string GroupVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    public static IReadOnlyList<ServedVersion> All { get; } =
    [
        .. ResourceTypes.All.GroupBy(type => (type.Group, type.Version)).Select(g => new ServedVersion(g.Key.Group, g.Key.Version, [.. g], [])),
        new("authorization.k8s.io", "v1", [],
        [
            new("localsubjectaccessreviews", "LocalSubjectAccessReview", Namespaced: true), new("selfsubjectaccessreviews", "SelfSubjectAccessReview"),
            new("selfsubjectrulesreviews", "SelfSubjectRulesReview"), new("subjectaccessreviews", "SubjectAccessReview"),
        ]),
        new("authentication.k8s.io", "v1", [], [new("selfsubjectreviews", "SelfSubjectReview"), new("tokenreviews", "TokenReview")]),
        new(MetricsApi.Group, "v1beta1", [], [new("nodes", "NodeMetrics") { Verbs = ["get", "list"] }, new("pods", "PodMetrics", Namespaced: true) { Verbs = ["get", "list"] }]),
    ];

    public static ServedVersion? Find(string group, string version) => All.FirstOrDefault(v => v.Group == group && v.Version == version);
}

/// <summary>A kind that answers a question: a review, which is posted, or a measurement, which is read.</summary>
internal sealed record AnsweredType(string Plural, string Kind, bool Namespaced = false)
{
    public IReadOnlyList<string> Verbs { get; init; } = ["create"];
}
