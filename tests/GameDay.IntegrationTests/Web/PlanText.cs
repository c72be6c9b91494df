using GameDay.Domain.Exercises;
using GameDay.Web.ExerciseFiles;

namespace GameDay.IntegrationTests.Web;

/// <summary>Exercise files that tests start from.</summary>
public static class PlanText
{
    public static string Of(ExercisePlan plan) => ExerciseFileWriter.Write(new ExerciseFile(plan));

    /// <summary>One second of the fake fault, measured by a real kind of probe.</summary>
    public static string Short(string ns = "shop", string title = "Lose a cart pod", string delay = "300ms") => $$"""
        title: {{title}}
        experiments:
          - key: first
            title: A pod is slow
            hypothesis: While it is slow, checkouts succeed
            fault: { kind: fake, delay: {{delay}} }
            targets: { namespace: {{ns}}, selector: app=cart }
            duration: 1s
            recoverWithin: 5s
            probes:
              - name: success
                question: Do checkouts succeed?
                unit: "%"
                every: 200ms
                tolerance: { min: 99 }
                http: { service: "storefront.shop:80", path: /checkout, measure: success }
            abortWhen:
              - { probe: success, below: 50, for: 1s }
        """;
}
