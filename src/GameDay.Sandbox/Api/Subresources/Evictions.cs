using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Subresources;

/// <summary>Eviction: a delete that asks the PodDisruptionBudgets first.</summary>
internal sealed class Evictions(ClusterStore store)
{
    private const string Refusal = "Cannot evict pod as it would violate the pod's disruption budget.";

    public async Task HandleAsync(ApiCall call)
    {
        var body = await call.OptionalBodyAsync();
        var pod = store.Get(ResourceTypes.Pods, call.Namespace, call.Name);
        var options = new DeleteOptions(
            body.Number("deleteOptions", "gracePeriodSeconds"),
            body.Text("deleteOptions", "preconditions", "uid"),
            body.Text("deleteOptions", "preconditions", "resourceVersion"),
            call.IsDryRun || body.Texts("deleteOptions", "dryRun").Contains("All", StringComparer.Ordinal));
        if (NeedsBudget(pod))
        {
            Spend(pod, options.DryRun);
        }

        store.Delete(ResourceTypes.Pods, call.Namespace, call.Name, options with { Uid = options.Uid ?? pod.Uid() });
        await Answer.JsonAsync(call.Http, Answer.Success(201), 201);
    }

    private static bool NeedsBudget(JsonObject pod) => !pod.IsDeleting() && pod.Text("status", "phase") is not ("Pending" or "Succeeded" or "Failed");

    private void Spend(JsonObject pod, bool dryRun)
    {
        var budgets = store.List(ResourceTypes.PodDisruptionBudgets, pod.Namespace())
            .Where(budget => LabelSelector.Matches(budget.At("spec", "selector"), pod.Labels()))
            .ToList();
        if (budgets.Count > 1)
        {
            throw new ApiException(500, "InternalError", "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
        }

        if (budgets is [var one] && !MayGoUnready(pod, one))
        {
            store.Mutate(ResourceTypes.PodDisruptionBudgets, one.Namespace(), one.Name(), budget => Spend(budget, pod), dryRun: dryRun);
        }
    }

    /// <summary>A pod that is not ready counts for nothing while the budget is met without it.</summary>
    private static bool MayGoUnready(JsonObject pod, JsonObject budget)
    {
        var ready = Conditions.IsTrue(pod, "Ready");
        return !ready
            && (budget.Text("spec", "unhealthyPodEvictionPolicy") == "AlwaysAllow"
                || (budget.Number("status", "desiredHealthy") is > 0 and var desired && budget.Number("status", "currentHealthy") >= desired));
    }

    private void Spend(JsonObject budget, JsonObject pod)
    {
        var status = budget.Ensure("status");
        var allowed = status.Number("disruptionsAllowed") ?? 0;
        var isCurrent = status.Number("observedGeneration") >= budget.Number("metadata", "generation");
        if (!isCurrent || allowed <= 0)
        {
            throw Refused(isCurrent
                ? $"The disruption budget {budget.Name()} needs {status.Number("desiredHealthy") ?? 0} healthy pods and has {status.Number("currentHealthy") ?? 0} currently"
                : $"The disruption budget {budget.Name()} is still being processed by the server.");
        }

        status["disruptionsAllowed"] = allowed - 1;
        status.Ensure("disruptedPods")[pod.Name()] = store.Clock.GetUtcNow().ToKubernetesTime();
    }

    private static ApiException Refused(string why) => new(429, "TooManyRequests", Refusal, new JsonObject
    {
        ["causes"] = new JsonArray(new JsonObject { ["reason"] = "DisruptionBudget", ["message"] = why }),
    });
}
