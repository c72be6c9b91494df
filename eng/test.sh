#!/usr/bin/env bash
# ./gameday test [unit|integration|e2e]...: builds, installs what the tests need, runs the groups, prints the time of each.
# Last line: N passed, N failed. Called by ./gameday, which sets GAMEDAY_ROOT.
set -euo pipefail
cd "$GAMEDAY_ROOT"
# shellcheck source=eng/packages.sh
source eng/packages.sh
groups=("$@"); [ ${#groups[@]} -gt 0 ] || groups=(unit integration e2e)
state="$GAMEDAY_ROOT/.gameday"; mkdir -p "$state/logs"
passed=0 failed=0 report=()

project() {
  case "$1" in
    unit) echo GameDay.UnitTests ;;
    integration) echo GameDay.IntegrationTests ;;
    e2e) echo GameDay.EndToEndTests ;;
    *) say "gameday: there is no test group '$1'; use unit, integration or e2e."; exit 2 ;;
  esac
}

needs() {
  case "$1" in
    unit) ;;
    integration) need_postgres ;;
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

run_group() {
  local name=$1 log="$state/logs/test-$1.log" started=$SECONDS p status=0
  p=$(project "$name")
  needs "$name"
  "tests/$p/bin/Release/net10.0/$p" -noColor >"$log" 2>&1 || status=$?
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

for g in "${groups[@]}"; do project "$g" >/dev/null; done
started=$SECONDS
say "Building everything ..."
dotnet build GameDay.sln -c Release -v q -nologo >"$state/build.log" 2>&1 || { grep -E 'error' "$state/build.log" | sort -u | head -30; echo "0 passed, 1 failed"; exit 1; }
eng/publish-agent.sh >/dev/null
touch "$state/built"
report+=("$(printf '%-12s %4ds' build $((SECONDS - started)))")
for g in "${groups[@]}"; do say "Running $g tests ..."; run_group "$g"; done
printf '%s\n' "${report[@]}"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
