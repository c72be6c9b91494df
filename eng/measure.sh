#!/usr/bin/env bash
# usage: eng/measure.sh URL [PATH...]   Server time of warm HTML answers (p50 and p95 of 20) as marta, in milliseconds.
# Needs ./gameday up running at URL.
set -euo pipefail
cd "$(dirname "$0")/.."
url=$1; shift
jar=$(mktemp); trap 'rm -f "$jar"' EXIT
token=$(curl -sS -c "$jar" "$url/sign-in" | grep -o 'name="__RequestVerificationToken" value="[^"]*"' | head -1 | sed 's/.*value="//; s/"$//')
curl -sS -o /dev/null -b "$jar" -c "$jar" --data-urlencode "__RequestVerificationToken=$token" --data-urlencode userName=marta "$url/sign-in"
for path in "${@:-/}"; do
  for _ in 1 2 3 4 5; do curl -sS -o /dev/null -b "$jar" "$url$path"; done
  for _ in $(seq 20); do curl -sS --compressed -o /dev/null -b "$jar" -w '%{time_total} %{size_download} %{http_code}\n' "$url$path"; done |
    sort -n | awk -v path="$path" '{ t[NR] = $1 * 1000; size = $2; code = $3 } END { printf "%s: HTTP %s, p50 %.0f ms, p95 %.0f ms, %d bytes\n", path, code, (t[10] + t[11]) / 2, t[19], size }'
done
