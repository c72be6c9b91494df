{{- define "gameday.labels" -}}
app.kubernetes.io/part-of: gameday
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- end }}
{{- define "gameday.restricted" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}
{{- define "gameday.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile:
  type: RuntimeDefault
{{- end }}
{{- define "gameday.agentImage" -}}
{{ .Values.agent.image }}
{{- end }}
{{- define "gameday.clusterRoleName" -}}
{{ .Release.Namespace }}-{{ .Release.Name }}
{{- end }}
