#!/usr/bin/env bash
# ./gameday test [unit|integration|e2e|leak|kubernetes]...: builds, installs what the tests need, runs the groups, prints the time of each.
# Last line: N passed, N failed. Called by ./gameday, which sets GAMEDAY_ROOT.
set -euo pipefail
cd "$GAMEDAY_ROOT"
# shellcheck source=eng/packages.sh
source eng/packages.sh
groups=("$@"); [ ${#groups[@]} -gt 0 ] || groups=(unit integration e2e leak kubernetes)
state="$GAMEDAY_ROOT/.gameday"; mkdir -p "$state/logs"
passed=0 failed=0 report=()

project() {
  case "$1" in
    unit) echo GameDay.UnitTests ;;
    integration) echo GameDay.IntegrationTests ;;
    e2e) echo GameDay.EndToEndTests ;;
    leak) echo GameDay.Benchmarks ;;
    kubernetes) echo GameDay.KubernetesTests ;;
    *) say "gameday: there is no test group '$1'; use unit, integration, e2e, leak or kubernetes."; exit 2 ;;
  esac
}

needs() {
  case "$1" in
    unit | kubernetes) ;;
    leak) need_postgres ;;
    integration) need_postgres; need_package 'command -v redis-cli >/dev/null' redis-tools; want_monitoring; want_programs victoria-metrics ;;
    e2e)
      need_postgres
      want_monitoring
      need_package 'command -v chromium >/dev/null' chromium
      need_axe ;;
  esac
}

# axe-core checks every page's accessibility; it is one script file.
need_axe() {
  [ -f "$state/npm/node_modules/axe-core/axe.min.js" ] && return
  need_package 'command -v npm >/dev/null' npm
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$state/npm" axe-core@4 >"$state/logs/npm.log" 2>&1 || { tail -5 "$state/logs/npm.log" >&2; fail "could not install axe-core"; }
}

# Integration tests wait for leases and deadlines more than they compute, so more of them than cores run at once.
threads() { case "$1" in integration | kubernetes) ;; *) return ;; esac; echo "-maxThreads 4"; }

# run_group GROUP [LABEL]
run_group() {
  local name=$1 label=${2:-$1} started=$SECONDS p status=0
  local log="$state/logs/test-${label/\//-}.log"
  p=$(project "$name")
  needs "$name"
  # shellcheck disable=SC2046
  "tests/$p/bin/Release/net10.0/$p" -noColor $(threads "$name") >"$log" 2>&1 || status=$?
  local total failures errors skipped line
  line=$(grep -E 'Total: [0-9]+, Errors:' "$log" | tail -1 || true)
  if [ -z "$line" ]; then
    tail -20 "$log"; failed=$((failed + 1)); report+=("$(printf '%-18s %4ds  did not finish (exit %d)' "$label" $((SECONDS - started)) "$status")"); return
  fi
  number() { sed -E "s/.*$1: ([0-9]+).*/\1/" <<<"$line"; }
  total=$(number Total) errors=$(number Errors) failures=$(number Failed) skipped=$(number Skipped)
  grep -E '\[FAIL\]' -A 12 "$log" || true
  grep -E '\[SKIP\]' -A 1 "$log" | grep -vE '\[SKIP\]|^--' | sort | uniq -c | sed -E 's/^ *([0-9]+) +/  skipped \1: /' || true
  passed=$((passed + total - failures - skipped)); failed=$((failed + failures + errors))
  report+=("$(printf '%-18s %4ds  %d passed, %d failed, %d skipped' "$label" $((SECONDS - started)) $((total - failures - skipped)) $((failures + errors)) "$skipped")")
}

# Sixty faults while everything of ours is killed and lied to; each figure with a limit counts as one test.
run_leak() {
  local log="$state/logs/test-leak.log" started=$SECONDS kept past
  needs leak
  env -u KUBECONFIG timeout -s INT 600 dotnet tests/GameDay.Benchmarks/bin/Release/net10.0/GameDay.Benchmarks.dll leak --quick >"$log" 2>&1 || true
  kept=$(grep -cE '^leak .* ok( |$)' "$log" || true); past=$(grep -cE '^leak .* PAST( |$)' "$log" || true)
  if [ "$kept" -eq 0 ] && [ "$past" -eq 0 ]; then past=1; fi
  [ "$past" -eq 0 ] || cat "$log"
  passed=$((passed + kept)); failed=$((failed + past))
  report+=("$(printf '%-18s %4ds  %d passed, %d failed, 0 skipped' leak $((SECONDS - started)) "$kept" "$past")")
}

# A real API server is built beside everything else, with whatever the machine has left over.
assets_pid=
begin_assets() {
  local idle=(nice -n 19)
  ionice -c 3 true 2>/dev/null && idle+=(ionice -c 3)
  chrt --idle 0 true 2>/dev/null && idle+=(chrt --idle 0)
  # A group of its own, so that all of it can be ended, in the same session: schedulers that group by session look at priorities inside one only.
  set -m
  "${idle[@]}" eng/kube-apiserver.sh >"$state/kube-apiserver.folder" 2>"$state/logs/kube-apiserver.log" &
  set +m
  assets_pid=$!
  trap 'kill -- -"$assets_pid" 2>/dev/null || true' EXIT
}

# The same tests on the sandbox and on a real API server: the user's cluster when one is named, else the one built above.
run_kubernetes() {
  local started waited
  GAMEDAY_TEST_SERVER=sandbox run_group kubernetes kubernetes/sandbox
  if [ -n "${GAMEDAY_TEST_KUBECONFIG:-}" ]; then
    GAMEDAY_TEST_SERVER=own run_group kubernetes kubernetes/own
    return
  fi
  started=$SECONDS
  if ! wait "$assets_pid"; then
    report+=("$(printf '%-18s %4ds  skipped, nothing checked against a real server: %s' kubernetes/real $((SECONDS - started)) "$(tail -1 "$state/logs/kube-apiserver.log")")")
    return
  fi
  waited=$((SECONDS - started))
  [ "$waited" -lt 2 ] || say "Waited ${waited}s for kube-apiserver to be built."
  KUBEBUILDER_ASSETS=$(cat "$state/kube-apiserver.folder") GAMEDAY_TEST_SERVER=real run_group kubernetes kubernetes/real
}

for g in "${groups[@]}"; do project "$g" >/dev/null; done
case " ${groups[*]} " in *" kubernetes "*) [ -n "${GAMEDAY_TEST_KUBECONFIG:-}" ] || begin_assets ;; esac
started=$SECONDS
say "Building everything ..."
dotnet build GameDay.sln -c Release -v q -nologo >"$state/build.log" 2>&1 || { grep -E 'error' "$state/build.log" | sort -u | head -30; echo "0 passed, 1 failed"; exit 1; }
eng/publish-agent.sh >/dev/null
touch "$state/built"
report+=("$(printf '%-18s %4ds' build $((SECONDS - started)))")
for g in "${groups[@]}"; do say "Running $g tests ..."; case "$g" in leak) run_leak ;; kubernetes) run_kubernetes ;; *) run_group "$g" ;; esac; done
printf '%s\n' "${report[@]}"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
