#!/usr/bin/env bash
# ./gameday test [unit|integration|e2e|leak]...: builds, installs what the tests need, runs the groups, prints the time of each.
# Last line: N passed, N failed. Called by ./gameday, which sets GAMEDAY_ROOT.
set -euo pipefail
cd "$GAMEDAY_ROOT"
# shellcheck source=eng/packages.sh
source eng/packages.sh
groups=("$@"); [ ${#groups[@]} -gt 0 ] || groups=(unit integration e2e leak)
state="$GAMEDAY_ROOT/.gameday"; mkdir -p "$state/logs"
passed=0 failed=0 report=()

project() {
  case "$1" in
    unit) echo GameDay.UnitTests ;;
    integration) echo GameDay.IntegrationTests ;;
    e2e) echo GameDay.EndToEndTests ;;
    leak) echo GameDay.Benchmarks ;;
    *) say "gameday: there is no test group '$1'; use unit, integration, e2e or leak."; exit 2 ;;
  esac
}

needs() {
  case "$1" in
    unit) ;;
    leak) need_postgres ;;
    integration) need_postgres; need_package 'command -v redis-cli >/dev/null' redis-tools ;;
    e2e)
      need_postgres
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
threads() { [ "$1" != integration ] || echo "-maxThreads 4"; }

run_group() {
  local name=$1 log="$state/logs/test-$1.log" started=$SECONDS p status=0
  p=$(project "$name")
  needs "$name"
  # shellcheck disable=SC2046
  "tests/$p/bin/Release/net10.0/$p" -noColor $(threads "$name") >"$log" 2>&1 || status=$?
  local total failures errors skipped line
  line=$(grep -E 'Total: [0-9]+, Errors:' "$log" | tail -1 || true)
  if [ -z "$line" ]; then
    tail -20 "$log"; failed=$((failed + 1)); report+=("$(printf '%-12s %4ds  did not finish (exit %d)' "$name" $((SECONDS - started)) "$status")"); return
  fi
  number() { sed -E "s/.*$1: ([0-9]+).*/\1/" <<<"$line"; }
  total=$(number Total) errors=$(number Errors) failures=$(number Failed) skipped=$(number Skipped)
  grep -E '\[(FAIL|SKIP)\]' -A 12 "$log" || true
  passed=$((passed + total - failures - skipped)); failed=$((failed + failures + errors))
  report+=("$(printf '%-12s %4ds  %d passed, %d failed, %d skipped' "$name" $((SECONDS - started)) $((total - failures - skipped)) $((failures + errors)) "$skipped")")
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
  report+=("$(printf '%-12s %4ds  %d passed, %d failed, 0 skipped' leak $((SECONDS - started)) "$kept" "$past")")
}

for g in "${groups[@]}"; do project "$g" >/dev/null; done
started=$SECONDS
say "Building everything ..."
dotnet build GameDay.sln -c Release -v q -nologo >"$state/build.log" 2>&1 || { grep -E 'error' "$state/build.log" | sort -u | head -30; echo "0 passed, 1 failed"; exit 1; }
eng/publish-agent.sh >/dev/null
touch "$state/built"
report+=("$(printf '%-12s %4ds' build $((SECONDS - started)))")
for g in "${groups[@]}"; do say "Running $g tests ..."; if [ "$g" = leak ]; then run_leak; else run_group "$g"; fi; done
printf '%s\n' "${report[@]}"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
