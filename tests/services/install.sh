#!/bin/sh
# Puts the real servers of the tests on a Debian machine: install.sh [DIR] [COMPONENT…]
#
# DIR (an absolute path; default $VSS_SERVICES_DIR, or /var/cache/vss-test-services) receives what Debian 12 does
# not have; the rest comes by apt-get. What is already there is left alone: a second run asks nothing of the network.
# Packages come from wherever this machine's apt is set up to get them.
#
# Exit codes, so that a test runner can say why: 0 all is there, 2 wrong use, 10 not root, 11 not Debian,
# 12 no network, 13 apt failed. The last line on stderr is the reason.
set -eu
umask 022
export DEBIAN_FRONTEND=noninteractive LC_ALL=C PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/games"

all='rabbitmq redis kamailio asterisk baresip sipp chromium'
more='wrk' # only where it is asked for: the load generator of npm run bench
dir=${VSS_SERVICES_DIR:-/var/cache/vss-test-services}
case ${1:-} in /*) dir=$1; shift ;; esac
[ $# -gt 0 ] || set -- $all
for component; do
  case " $all $more " in *" $component "*) ;; *) echo "install.sh: no component '$component' (there are: $all $more)" >&2; exit 2 ;; esac
done

fail() { code=$1; shift; echo "install.sh: $*" >&2; exit "$code"; }
has() { command -v "$1" >/dev/null 2>&1; }
# A folder or file whose place depends on the processor: /usr/lib/x86_64-linux-gnu/…
any() { for found; do [ ! -e "$found" ] || return 0; done; return 1; }

there() {
  case $1 in
    rabbitmq) any /usr/lib/rabbitmq/bin/rabbitmq-server ;;
    redis) has redis-server ;;
    kamailio) has kamailio && any /usr/lib/*/kamailio/modules/db_postgres.so && any /usr/lib/*/kamailio/modules/json.so ;;
    asterisk) has asterisk || any "$dir/asterisk/usr/sbin/asterisk" ;;
    baresip) has baresip ;;
    sipp) has sipp ;;
    chromium) has chromium ;;
    wrk) has wrk ;;
  esac
}
packages() {
  case $1 in
    rabbitmq) echo rabbitmq-server ;;
    redis) echo redis-server ;;
    kamailio) echo kamailio kamailio-postgres-modules kamailio-json-modules ;;
    baresip) echo baresip-core ;;
    sipp) echo sip-tester ;;
    chromium) echo chromium ;;
    wrk) echo wrk ;;
  esac
}
missing() { for component; do there "$component" || printf '%s ' "$component"; done; }

[ -n "$(missing "$@")" ] || exit 0
[ -f /etc/debian_version ] && grep -q '^ID=debian$' /etc/os-release && has apt-get || fail 11 "not Debian: install by hand: $(missing "$@")"
[ "$(id -u)" = 0 ] || fail 10 "not root: cannot install $(missing "$@")"
mkdir -p "$dir" || fail 13 "cannot write to $dir"

# One at a time, on this machine; the lock goes with the process.
exec 9>"$dir/.lock"
flock 9
wanted=$(missing "$@")
[ -n "$wanted" ] || exit 0 # another run has just done it
log=$dir/install.log
: >"$log"

work=$(mktemp -d "$dir/.work.XXXXXX")
policy=
trap 'rm -rf "$work"; [ -z "$policy" ] || rm -f "$policy"' EXIT
trap 'exit 130' INT TERM HUP
# Debian starts a daemon as soon as it is installed, unless this file forbids it.
if [ ! -e /usr/sbin/policy-rc.d ]; then
  policy=/usr/sbin/policy-rc.d
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
fi

run_apt() {
  apt-get -q -y -o Acquire::Retries=2 -o Acquire::http::Timeout=20 -o DPkg::Lock::Timeout=300 -o APT::Install-Recommends=false "$@" >>"$log" 2>&1
}
# apt-get update is content with an old list when it reaches no server: what it printed tells.
explain() {
  if grep -qE '^(Err:|W: Failed to fetch|E: Failed to fetch)' "$log"; then
    fail 12 "no network: apt-get cannot reach its servers ($log)"
  fi
  fail 13 "apt-get failed: $(grep '^E:' "$log" | tail -n 1) ($log)"
}

# Asterisk 22 is only in a later Debian. It is unpacked with every library that it needs, its C library included,
# into a folder of its own, and started through that folder's loader (asterisk.ts): nothing of it mixes with this
# machine's packages, and neither a chroot nor root is needed to run it.
unpack_asterisk() {
  suite=forky
  codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
  mirror=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' |
    awk -v codename="$codename" '$2 == codename || $2 == "stable" || $2 == "testing" || $2 == "sid" { print $1; exit }')
  [ -n "$mirror" ] || fail 13 "apt has no source for Debian $codename to take Asterisk from"
  mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial" "$work/root"
  : >"$work/status" # nothing counts as installed, so that every library comes along
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$work/sources.list"
  # The suite's release file may be past its date where a mirror is a copy of some day.
  set -- -o "Dir::State=$work/state" -o "Dir::State::status=$work/status" -o "Dir::Cache=$work/cache" \
    -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=/dev/null -o Dir::Etc::preferencesparts=/dev/null \
    -o APT::Sandbox::User=root -o Acquire::Check-Valid-Until=false -o Acquire::Languages=none
  run_apt "$@" update || explain
  run_apt "$@" --download-only install asterisk || explain
  for deb in "$work"/cache/archives/*.deb; do
    case ${deb##*/} in perl-*|gnupg*|gpg*|dirmngr*|pinentry-*) continue ;; esac # asked for by dependencies, not used
    dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$work/root" \
      --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' --exclude='./usr/share/locale/*' || fail 13 "cannot unpack ${deb##*/}"
  done
  rm -rf "$dir/asterisk"
  mv "$work/root" "$dir/asterisk" # in one step: a run that broke off leaves nothing that looks complete
}

echo "install.sh: installing $wanted(log: $log)"
run_apt update || explain
names=
for component in $wanted; do names="$names $(packages "$component")"; done
[ -z "${names# }" ] || run_apt install $names || explain
case " $wanted" in *' asterisk '*) unpack_asterisk ;; esac

wanted=$(missing "$@")
[ -z "$wanted" ] || fail 13 "installed, but still not found: $wanted($log)"
