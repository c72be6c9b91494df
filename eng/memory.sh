#!/usr/bin/env bash
# usage: eng/memory.sh   Memory of one GameDay (state directory GAMEDAY_HOME or .gameday) in MB: resident, and the share that counts once (PSS).
set -euo pipefail
cd "$(dirname "$0")/.."
state=$(realpath "${GAMEDAY_HOME:-.gameday}")
add() {
  local name=$1 rss=0 pss=0 n=0 pid; shift
  for pid in "$@"; do
    [ -r "/proc/$pid/smaps_rollup" ] || continue
    rss=$((rss + $(awk '/^Rss:/ { print $2 }' "/proc/$pid/smaps_rollup"))); pss=$((pss + $(awk '/^Pss:/ { print $2 }' "/proc/$pid/smaps_rollup"))); n=$((n + 1))
  done
  printf '%-28s RSS %4d MB  PSS %4d MB\n' "$name ($n)" $((rss / 1024)) $((pss / 1024))
}
family() { local child; echo "$1"; for child in $(pgrep -P "$1"); do family "$child"; done; }
pid_of() { grep -o "\"$1\":[0-9]*" "$state/up.json" | grep -o '[0-9]*$'; }
add "app" "$(pid_of AppPid)"
add "supervisor (./gameday up)" "$(pid_of SupervisorPid)"
# shellcheck disable=SC2046
add "sandbox and its pods" $(family "$(pid_of SandboxPid)")
# shellcheck disable=SC2046
add "PostgreSQL" $(family "$(head -1 "$state/postgres/data/postmaster.pid")")
