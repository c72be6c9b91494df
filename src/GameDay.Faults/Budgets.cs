using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>The server's no to an eviction, with the budget that says it: the API names it in the cause only.</summary>
internal static class Budgets
{
    public static bool IsBudget(KubernetesException refusal) => refusal.Code == 429 && Causes(refusal).Any();

    public static string Words(KubernetesException refusal) => string.Join(' ', Causes(refusal).Prepend(refusal.Message));

    private static IEnumerable<string> Causes(KubernetesException refusal) =>
        (refusal.Status.Details?.Causes ?? []).Where(cause => cause.Reason == "DisruptionBudget").Select(cause => cause.Message).OfType<string>();
}
