{{- /* The kinds that are on, as the reaper wants them: none, and it may end nothing. */ -}}
{{- define "gameday.enabledFaults" -}}
{{- $comma := "" }}
{{- range $fault, $on := .Values.faults }}
{{- if $on }}
{{- $comma }}{{ $fault }}
{{- $comma = "," }}
{{- end }}
{{- end }}
{{- end }}
