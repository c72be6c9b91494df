#!/usr/bin/env bash
# usage: eng/publish-agent.sh [OUTDIR]   Publishes the fault agent: native where a C compiler is, else on the runtime.
# Prints the path of the executable to start.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-.gameday/agent}
log=$(mktemp); trap 'rm -f "$log"' EXIT
native=false; command -v cc >/dev/null && native=true
publish() { dotnet publish src/GameDay.Agent -c Release -r linux-x64 --self-contained "$1" -p:AgentNative="$1" -o "$out" -v q --nologo >"$log" 2>&1; }
if [ $native = true ] && ! publish true; then
  echo "native publish failed, building for the runtime instead:" >&2; tail -3 "$log" >&2; native=false
fi
if [ $native = false ]; then rm -rf "$out"; publish false || { cat "$log" >&2; exit 1; }; fi
rm -f "$out"/*.dbg "$out"/*.pdb
echo "$out/gameday-agent"
