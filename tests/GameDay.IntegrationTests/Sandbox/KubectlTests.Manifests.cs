namespace GameDay.IntegrationTests.Sandbox;

/// <summary>What a user applies.</summary>
public sealed partial class KubectlTests
{
    private const string BudgetAndSettings = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings}
        data: {a: "1"}
        ---
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: ghost}
        spec: {minAvailable: 2, selector: {matchLabels: {app: ghost}}}
        """;

    private const string Numbered = """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: numbered}
        spec: {serviceName: numbered, selector: {matchLabels: {app: numbered}}, template: {metadata: {labels: {app: numbered}}, spec: {containers: [{name: main, image: "ghost:1"}]}}}
        """;

    private const string Permissions = """
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: reaper}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: reaper}
        rules: [{apiGroups: [""], resources: [configmaps], verbs: [get, list]}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: reaper}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reaper}
        subjects: [{kind: ServiceAccount, name: reaper}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: "gameday:nodes"}
        rules: [{apiGroups: [""], resources: [nodes], verbs: [patch]}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: "gameday:nodes"}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "gameday:nodes"}
        subjects: [{kind: ServiceAccount, name: reaper, namespace: default}]
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: web}
        spec: {minReplicas: 1, maxReplicas: 5, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
        """;
}
