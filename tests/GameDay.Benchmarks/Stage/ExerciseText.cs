namespace GameDay.Benchmarks.Stage;

/// <summary>Exercise files for benches: one experiment, one probe that holds.</summary>
internal static class ExerciseText
{
    /// <param name="fault">As in a file: <c>kind: pod-kill</c> and its settings.</param>
    /// <param name="targets">As in a file: <c>namespace: a, selector: app=b, choose: all</c>.</param>
    /// <param name="probed">Namespace with a deployment <c>anchor</c> that stays.</param>
    public static string Of(string title, string fault, string targets, string duration, string probed) => $$"""
        title: {{title}}
        goal: To be measured.
        cluster: sandbox
        policy: sandbox
        experiments:
          - key: measured
            title: {{title}}
            hypothesis: The anchor stays ready.
            fault: { {{fault}} }
            targets: { {{targets}} }
            duration: {{duration}}
            recoverWithin: 30s
            probes:
              - name: anchor
                question: Is the anchor ready?
                unit: pods
                every: 1s
                kubernetes: { measure: readyPods, namespace: {{probed}}, deployment: anchor }
                tolerance: { min: 1 }
            abortWhen:
              - { probe: anchor, below: 1, for: 60s }
        """;
}
