#!/usr/bin/env bash
# Run a command beside a throw-away PostgreSQL, whose address it finds in BACKCHANNEL_TEST_POSTGRES.
#
#   tests/postgres.sh .venv/bin/python -m pytest -m extras tests/test_store_*.py
#
# The server lives in a temporary folder and goes with it; the exit code is that of the command. PostgreSQL refuses to
# run as root, so root hands it to the user postgres or nobody. Where there is no PostgreSQL, root installs Debian's.
set -euo pipefail

say() { printf 'postgres.sh: %s\n' "$*" >&2; }

if [ $# -eq 0 ]; then
  say 'give the command to run, such as: tests/postgres.sh .venv/bin/python -m pytest -m extras tests/test_store_*.py'
  exit 2
fi

find_binaries() { # prints the folder that holds initdb, pg_ctl and postgres, the newest version first
  local folder
  folder=$(dirname "$(readlink -f "$(command -v initdb || echo /none/initdb)")")
  for folder in "$folder" $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV); do
    if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] && [ -x "$folder/postgres" ]; then
      printf '%s\n' "$folder"
      return 0
    fi
  done
  return 1
}

if ! binaries=$(find_binaries); then
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    say 'no PostgreSQL found; install it (on Debian: apt-get install postgresql) and run again'
    exit 1
  fi
  say "no PostgreSQL found; installing Debian's package"
  if [ ! -e /etc/postgresql-common/createcluster.conf ]; then # else the package starts a server of its own
    mkdir -p /etc/postgresql-common
    echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >&2
  apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold postgresql >&2
  binaries=$(find_binaries)
fi

as_owner=()
folder=$(mktemp -d /tmp/backchannel-pg.XXXXXX) # short: the path of a socket may have about 100 characters
stop() {
  trap - EXIT
  if [ -e "$folder/data/postmaster.pid" ]; then
    "${as_owner[@]}" "$binaries/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
  fi
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
printf '%s\n' "$password" >"$folder/password"
if [ "$(id -u)" -eq 0 ]; then
  owner=nobody
  if id postgres >/dev/null 2>&1; then owner=postgres; fi
  chown -R "$owner" "$folder"
  as_owner=(setpriv --reuid "$owner" --regid "$(id -g "$owner")" --clear-groups)
  if command -v runuser >/dev/null; then as_owner=(runuser -u "$owner" --); fi
fi

cd "$folder" # the owner may have no right to the folder we came from
"${as_owner[@]}" "$binaries/initdb" -D "$folder/data" -U backchannel --pwfile="$folder/password" -A scram-sha-256 \
  -E UTF8 --locale=C -N >/dev/null
started=
for _ in 1 2 3 4 5; do
  port=$((20000 + RANDOM % 20000))
  options="-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$folder -c fsync=off"
  if "${as_owner[@]}" "$binaries/pg_ctl" -D "$folder/data" -l "$folder/log" -o "$options" -w -t 60 start >/dev/null; then
    started=yes
    break
  fi
done
if [ -z "$started" ]; then
  say 'the server did not start:'
  tail -n 20 "$folder/log" >&2
  exit 1
fi
cd "$OLDPWD"

say "PostgreSQL $("$binaries/postgres" --version | grep -oE '[0-9]+(\.[0-9]+)?' | head -n 1) on 127.0.0.1:$port"
status=0
BACKCHANNEL_TEST_POSTGRES="postgresql://backchannel:$password@127.0.0.1:$port/postgres" "$@" || status=$?
exit "$status"
