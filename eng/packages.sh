# Shared by ./gameday and eng/test.sh: messages, and Debian packages installed where we may.
# shellcheck shell=bash
say() { printf '%s\n' "$*" >&2; }
fail() { say "gameday: $*"; exit 2; }

need_sdk() {
  command -v dotnet >/dev/null || { [ -x "$HOME/.dotnet/dotnet" ] && PATH="$HOME/.dotnet:$PATH"; } || true
  command -v dotnet >/dev/null || fail "the .NET 10 SDK is missing. Install package dotnet-sdk-10.0 (see https://dotnet.microsoft.com/download), then run this again."
  dotnet --list-sdks | grep -q '^10\.' || fail "the .NET 10 SDK is missing; found: $(dotnet --list-sdks | cut -d' ' -f1 | paste -sd' '). Install package dotnet-sdk-10.0, then run this again."
}

# need_package TEST PACKAGE...: when TEST fails, installs the packages as root, else prints the exact command.
need_package() {
  local present=$1; shift
  if eval "$present"; then return; fi
  command -v apt-get >/dev/null || fail "$* is missing and this machine has no apt-get. Install it with your package manager, then run this again."
  [ "$(id -u)" = 0 ] || fail "$* is missing. Run: sudo apt-get install -y --no-install-recommends $*"
  say "Installing $* ..."
  # Only the programs are wanted: the machine gets no cluster of its own from us.
  case " $* " in *" postgresql "*)
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] || printf 'create_main_cluster = false\nstart_conf = manual\n' >/etc/postgresql-common/createcluster.conf ;;
  esac
  local log; log=$(mktemp)
  export DEBIAN_FRONTEND=noninteractive
  { apt-get install -y --no-install-recommends "$@" || { apt-get update && apt-get install -y --no-install-recommends "$@"; }; } >"$log" 2>&1 \
    || { tail -5 "$log" >&2; fail "could not install $*; all of it is in $log"; }
  rm -f "$log"
}

need_postgres() { need_package 'ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null' postgresql; }

need_space() {
  local free; free=$(df -Pm "$GAMEDAY_ROOT" | awk 'NR==2{print $4}')
  [ "$free" -ge 500 ] || fail "only $free MB are free on the disk that holds $GAMEDAY_ROOT; GameDay needs 500. Free some space, then run this again."
}
