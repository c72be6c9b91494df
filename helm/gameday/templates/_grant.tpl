{{- /* Of (root, block, service accounts): roles in each target namespace or a ClusterRole, and one more for what is cluster-scoped. */ -}}
{{- define "gameday.grant" }}
{{- $root := index . 0 }}
{{- $block := index . 1 }}
{{- $accounts := index . 2 }}
{{- $rules := include (printf "gameday.rules.%s" $block) $root }}
{{- $clusterRules := include (printf "gameday.clusterRules.%s" $block) $root }}
{{- $clusterName := printf "%s-%s" (include "gameday.clusterRoleName" $root) $block }}
{{- if and $rules $root.Values.targetNamespaces }}
{{- range $namespace := $root.Values.targetNamespaces }}
{{- include "gameday.role" (list $root "Role" $namespace (printf "gameday-%s" $block) $rules $accounts) }}
{{- end }}
{{- else if $rules }}
{{- include "gameday.role" (list $root "ClusterRole" "" $clusterName $rules $accounts) }}
{{- end }}
{{- if $clusterRules }}
{{- include "gameday.role" (list $root "ClusterRole" "" (printf "%s-cluster" $clusterName) $clusterRules $accounts) }}
{{- end }}
{{- end }}
{{- /* Of (root, kind, namespace, name, rules, service accounts): a role and its binding. */ -}}
{{- define "gameday.role" }}
{{- $root := index . 0 }}
{{- $kind := index . 1 }}
{{- $namespace := index . 2 }}
{{- $name := index . 3 }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: {{ $kind }}
metadata:
  name: {{ $name }}
  {{- with $namespace }}
  namespace: {{ . }}
  {{- end }}
  labels:
    {{- include "gameday.labels" $root | nindent 4 }}
rules:
  {{- index . 4 | nindent 2 }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: {{ $kind }}Binding
metadata:
  name: {{ $name }}
  {{- with $namespace }}
  namespace: {{ . }}
  {{- end }}
  labels:
    {{- include "gameday.labels" $root | nindent 4 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: {{ $kind }}
  name: {{ $name }}
subjects:
  {{- range $account := index . 5 }}
  - kind: ServiceAccount
    name: {{ $account }}
    namespace: {{ $root.Release.Namespace }}
  {{- end }}
{{- end }}
