#!/usr/bin/env bash
# Takes the README's pictures anew from the running product, into docs/images (or GAMEDAY_PICTURES).
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/GameDay.EndToEndTests -c Release -v q -nologo
tests/GameDay.EndToEndTests/bin/Release/net10.0/GameDay.EndToEndTests -class GameDay.EndToEndTests.Pictures -explicit only
