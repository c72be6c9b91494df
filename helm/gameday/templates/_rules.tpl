{{- /* Written by GameDay from the permissions its code lists: RuleText.cs. Do not edit. */ -}}
{{- define "gameday.rules.own.app" -}}
- apiGroups: [""]
  resources: [configmaps]
  verbs: [create, delete, get, list, update]
- apiGroups: [""]
  resources: [pods]
  verbs: [list]
- apiGroups: ["coordination.k8s.io"]
  resources: [leases]
  verbs: [create, delete, get, list, patch]
{{- end }}
{{- define "gameday.rules.own.reaper" -}}
- apiGroups: [""]
  resources: [configmaps]
  verbs: [delete, get, list, update, watch]
- apiGroups: [""]
  resources: [events]
  verbs: [create]
- apiGroups: ["coordination.k8s.io"]
  resources: [leases]
  verbs: [create, delete, get, list, patch]
{{- end }}
{{- define "gameday.rules.targets" -}}
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list]
- apiGroups: [""]
  resources: [services]
  verbs: [list]
- apiGroups: [""]
  resources: [services/proxy]
  verbs: [get]
- apiGroups: ["apps"]
  resources: [daemonsets]
  verbs: [get]
- apiGroups: ["apps"]
  resources: [deployments]
  verbs: [get, list]
- apiGroups: ["apps"]
  resources: [replicasets]
  verbs: [get, list]
- apiGroups: ["apps"]
  resources: [statefulsets]
  verbs: [get, list]
- apiGroups: ["autoscaling"]
  resources: [horizontalpodautoscalers]
  verbs: [list]
- apiGroups: ["networking.k8s.io"]
  resources: [networkpolicies]
  verbs: [list]
{{- end }}
{{- define "gameday.clusterRules.targets" -}}
- apiGroups: [""]
  resources: [nodes]
  verbs: [get, list]
{{- end }}
{{- define "gameday.rules.dependency-outage" -}}
- apiGroups: [""]
  resources: [pods]
  verbs: [list]
- apiGroups: ["apps"]
  resources: [deployments]
  verbs: [get, list, patch]
- apiGroups: ["apps"]
  resources: [deployments/scale]
  verbs: [patch]
- apiGroups: ["apps"]
  resources: [statefulsets]
  verbs: [get, list, patch]
- apiGroups: ["apps"]
  resources: [statefulsets/scale]
  verbs: [patch]
{{- end }}
{{- define "gameday.clusterRules.dependency-outage" -}}

{{- end }}
{{- define "gameday.rules.network-bandwidth" -}}
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list]
- apiGroups: [""]
  resources: [pods/ephemeralcontainers]
  verbs: [patch]
- apiGroups: [""]
  resources: [pods/exec]
  verbs: [create, get]
- apiGroups: [""]
  resources: [services]
  verbs: [list]
{{- end }}
{{- define "gameday.clusterRules.network-bandwidth" -}}
- apiGroups: [""]
  resources: [nodes]
  verbs: [get]
{{- end }}
{{- define "gameday.rules.network-latency" -}}
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list]
- apiGroups: [""]
  resources: [pods/ephemeralcontainers]
  verbs: [patch]
- apiGroups: [""]
  resources: [pods/exec]
  verbs: [create, get]
- apiGroups: [""]
  resources: [services]
  verbs: [list]
{{- end }}
{{- define "gameday.clusterRules.network-latency" -}}
- apiGroups: [""]
  resources: [nodes]
  verbs: [get]
{{- end }}
{{- define "gameday.rules.network-loss" -}}
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list]
- apiGroups: [""]
  resources: [pods/ephemeralcontainers]
  verbs: [patch]
- apiGroups: [""]
  resources: [pods/exec]
  verbs: [create, get]
- apiGroups: [""]
  resources: [services]
  verbs: [list]
{{- end }}
{{- define "gameday.clusterRules.network-loss" -}}
- apiGroups: [""]
  resources: [nodes]
  verbs: [get]
{{- end }}
{{- define "gameday.rules.network-partition" -}}
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list, patch]
- apiGroups: [""]
  resources: [pods/ephemeralcontainers]
  verbs: [patch]
- apiGroups: [""]
  resources: [pods/exec]
  verbs: [create, get]
- apiGroups: [""]
  resources: [services]
  verbs: [list]
- apiGroups: ["networking.k8s.io"]
  resources: [networkpolicies]
  verbs: [create, delete, get, list]
{{- end }}
{{- define "gameday.clusterRules.network-partition" -}}
- apiGroups: [""]
  resources: [nodes]
  verbs: [get]
{{- end }}
{{- define "gameday.rules.node-drain" -}}
- apiGroups: [""]
  resources: [pods]
  verbs: [list]
- apiGroups: [""]
  resources: [pods/eviction]
  verbs: [create]
{{- end }}
{{- define "gameday.clusterRules.node-drain" -}}
- apiGroups: [""]
  resources: [nodes]
  verbs: [get, list, patch]
- apiGroups: [""]
  resources: [pods]
  verbs: [list]
{{- end }}
{{- define "gameday.rules.pod-kill" -}}
- apiGroups: [""]
  resources: [pods]
  verbs: [delete, get, list]
- apiGroups: [""]
  resources: [pods/eviction]
  verbs: [create]
{{- end }}
{{- define "gameday.clusterRules.pod-kill" -}}

{{- end }}
{{- define "gameday.rules.process-kill" -}}
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list]
- apiGroups: [""]
  resources: [pods/ephemeralcontainers]
  verbs: [patch]
- apiGroups: [""]
  resources: [pods/exec]
  verbs: [create, get]
{{- end }}
{{- define "gameday.clusterRules.process-kill" -}}
- apiGroups: [""]
  resources: [nodes]
  verbs: [get]
{{- end }}
{{- define "gameday.rules.process-pause" -}}
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list]
- apiGroups: [""]
  resources: [pods/ephemeralcontainers]
  verbs: [patch]
- apiGroups: [""]
  resources: [pods/exec]
  verbs: [create, get]
{{- end }}
{{- define "gameday.clusterRules.process-pause" -}}
- apiGroups: [""]
  resources: [nodes]
  verbs: [get]
{{- end }}
{{- define "gameday.rules.zone-outage" -}}
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list]
- apiGroups: [""]
  resources: [pods/ephemeralcontainers]
  verbs: [patch]
- apiGroups: [""]
  resources: [pods/eviction]
  verbs: [create]
- apiGroups: [""]
  resources: [pods/exec]
  verbs: [create, get]
- apiGroups: [""]
  resources: [services]
  verbs: [list]
{{- end }}
{{- define "gameday.clusterRules.zone-outage" -}}
- apiGroups: [""]
  resources: [nodes]
  verbs: [get, list, patch]
- apiGroups: [""]
  resources: [pods]
  verbs: [list]
{{- end }}
