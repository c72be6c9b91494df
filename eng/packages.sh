# Shared by ./gameday and eng/test.sh: messages, and Debian packages installed where we may.
# shellcheck shell=bash
say() { printf '%s\n' "$*" >&2; }
fail() { say "gameday: $*"; exit 2; }

need_sdk() {
  command -v dotnet >/dev/null || { [ -x "$HOME/.dotnet/dotnet" ] && PATH="$HOME/.dotnet:$PATH"; } || true
  command -v dotnet >/dev/null || fail "the .NET 10 SDK is missing. Install package dotnet-sdk-10.0 (see https://dotnet.microsoft.com/download), then run this again."
  dotnet --list-sdks | grep -q '^10\.' || fail "the .NET 10 SDK is missing; found: $(dotnet --list-sdks | cut -d' ' -f1 | paste -sd' '). Install package dotnet-sdk-10.0, then run this again."
}

# install_packages LOG PACKAGE...: Debian packages, without starting what they would start.
install_packages() {
  local log=$1; shift
  export DEBIAN_FRONTEND=noninteractive
  { apt-get install -y --no-install-recommends "$@" || { apt-get update && apt-get install -y --no-install-recommends "$@"; }; } >"$log" 2>&1
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
  install_packages "$log" "$@" || { tail -5 "$log" >&2; fail "could not install $*; all of it is in $log"; }
  rm -f "$log"
}

need_postgres() { need_package 'ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null' postgresql; }

# install_programs LOG PACKAGE...: as install_packages, without the services in them being started; nobody waits long for servers that stay silent.
install_programs() (
  policy=/usr/sbin/policy-rc.d
  apt-get() { command apt-get -o Acquire::http::Timeout=10 -o Acquire::https::Timeout=10 -o Acquire::Retries=0 "$@"; }
  trap 'exit 130' INT
  trap 'exit 143' TERM
  if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy"
  fi
  install_packages "$@"
)

has_service() {
  systemctl cat "$1" >/dev/null 2>&1 || [ -e "/etc/systemd/system/$1.service" ] || [ -e "/etc/init.d/$1" ]
}

disable_service() {
  if command -v systemctl >/dev/null; then systemctl disable --now "$1"; else update-rc.d "$1" disable; fi >/dev/null 2>&1 || true
}

# want_programs NAME...: installs what is missing, where program, package and service have one name. Only the programs are wanted:
# the services are neither started nor enabled. Where we may not install, or cannot, nothing fails: whoever uses them goes on without.
want_programs() {
  local name missing=() stamp log status=0
  for name in "$@"; do command -v "$name" >/dev/null || missing+=("$name"); done
  [ ${#missing[@]} -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 0
  for name in "${missing[@]}"; do
    # Somebody's own installation: the package would put its files beside it, and disabling the service would stop it.
    if has_service "$name"; then say "There is a service $name here whose program is not on PATH: left alone. Not installing ${missing[*]}; going on without."; return 0; fi
  done
  stamp="$GAMEDAY_ROOT/.gameday/could-not-install-$1"
  if [ -n "$(find "$stamp" -mmin -1440 2>/dev/null)" ]; then say "Installing ${missing[*]} failed less than a day ago; going on without. To try again now: rm '$stamp'"; return 0; fi
  say "Installing ${missing[*]} ..."
  log=$(mktemp)
  install_programs "$log" "${missing[@]}" || status=$?
  case $status in
    0) rm -f "$log" "$stamp"; for name in "${missing[@]}"; do disable_service "$name"; done ;;
    130 | 143) rm -f "$log"; exit "$status" ;;
    *)
      mkdir -p "$(dirname "$stamp")"; touch "$stamp"
      tail -3 "$log" >&2
      say "Could not install ${missing[*]} (all of it is in $log); going on without. It is tried again in a day, or after: rm '$stamp'" ;;
  esac
}

# Prometheus and Alertmanager watch the sandbox, unless somebody else's do.
want_monitoring() {
  [ "${GAMEDAY_MONITORING:-}" = off ] || [ -n "${Prometheus__BaseAddress:-}" ] || want_programs prometheus prometheus-alertmanager
}

need_space() {
  local free; free=$(df -Pm "$GAMEDAY_ROOT" | awk 'NR==2{print $4}')
  [ "$free" -ge 500 ] || fail "only $free MB are free on the disk that holds $GAMEDAY_ROOT; GameDay needs 500. Free some space, then run this again."
}
