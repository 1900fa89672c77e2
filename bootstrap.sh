#!/usr/bin/env bash
# Brings this machine to a tier of pipecat, from a fresh Debian on; see --help. Safe to run again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=bin/setup.sh
. bin/setup.sh

EX_USAGE=64

usage() {
    cat <<'TEXT'
Usage: ./bootstrap.sh --tier edge|mid|core [options]

Makes this machine a node of pipecat: installs Ansible if it is missing, checks the
machine against the tier, and runs ansible/site.yaml with it. Run it again at any
time: what is right already stays as it is.

  --tier TIER            what this machine becomes
      edge   2 cores, 8 GB: talks to people; language model, heavy tools and the
             state of the house are its core node's (needs --controller-ip)
      mid    8 cores, 16 GB: everything on this one machine, no network needed
      core   32 cores, 64 GB: language model, tools and the state of the house for
             others (needs the address under which those reach it: --controller-ip)
  --role ROLE            what runs beside the node
      all         what the tier has (the default)
      controller  Consul and the MQTT broker of the cluster (core only)
      worker      neither: they run on the machine at --controller-ip
  --controller-ip ADDR   the core node's address
  --inventory PATH       an inventory of your own, instead of this machine alone;
                         --tier then holds for every machine that --limit leaves
  --limit PATTERN        only these machines of the inventory
  --extra-vars VARS      further variables, as ansible-playbook takes them
                         (secrets: @vault.yaml, encrypted with ansible-vault)
  --tags TAGS            only these parts: consul, mqtt, pipecatapp
  --dry-run              check, say what would be run, and change nothing
  --verbose              let Ansible say more
  --yes                  ask nothing
  --help                 this text

Exit codes: 0 all is well · 64 a wrong flag · 69 something is missing · 77 not root ·
else Ansible's own.
TEXT
}

wrong() {
    say "bootstrap.sh: $* See --help."
    exit "$EX_USAGE"
}

tier='' role=all controller='' inventory='' limit='' tags='' dry_run=no verbose=no yes=no
extra=()
while [ $# -gt 0 ]; do
    flag=$1
    case $flag in
        --*=*)
            flag=${1%%=*}
            set -- "$flag" "${1#*=}" "${@:2}"
            ;;
    esac
    case $flag in
        --tier | --role | --controller-ip | --inventory | --limit | --extra-vars | --tags)
            if [ $# -lt 2 ] || [ -z "$2" ] || [ "${2#--}" != "$2" ]; then
                wrong "$flag takes a value."
            fi
            ;;
    esac
    case $flag in
        --tier) tier=$2 && shift ;;
        --role) role=$2 && shift ;;
        --controller-ip) controller=$2 && shift ;;
        --inventory) inventory=$2 && shift ;;
        --limit) limit=$2 && shift ;;
        --extra-vars) extra+=(--extra-vars "$2") && shift ;;
        --tags) tags=$2 && shift ;;
        --dry-run) dry_run=yes ;;
        --verbose | -v) verbose=yes ;;
        --yes | -y) yes=yes ;;
        --help | -h)
            usage
            exit 0
            ;;
        *) wrong "Unknown argument '$1'." ;;
    esac
    shift
done

case $tier in
    edge | mid | core) ;;
    '') wrong "--tier is missing; it is one of: edge mid core." ;;
    *) wrong "--tier is '$tier'; it is one of: edge mid core." ;;
esac
case $role in
    all | worker) ;;
    controller) [ "$tier" = core ] || wrong "--role controller takes --tier core, and --tier is $tier." ;;
    *) wrong "--role is '$role'; it is one of: all controller worker." ;;
esac
case $controller in
    *[!0-9A-Za-z.:_-]*) wrong "--controller-ip is '$controller', which is no address." ;;
esac
if [ -z "$controller" ] && [ -z "$inventory" ]; then
    case $tier in
        edge) wrong "--tier edge needs --controller-ip, the address of its core node." ;;
        core) wrong "--tier core needs --controller-ip, the address under which others reach this machine." ;;
    esac
fi
if [ -n "$inventory" ] && [ ! -e "$inventory" ]; then
    wrong "--inventory: there is no $inventory."
fi

missing=0
lacks() {
    say "bootstrap.sh: $*"
    missing=1
}
notes() {
    say "Note: $*"
}

# Only this machine can be looked at from here; others are checked by the play.
if [ -z "$inventory" ]; then
    # What a tier can hardly do without, in MiB, somewhat less than what is sold under that number; and its disk.
    case $tier in
        edge) cores=2 memory=7000 disk=500 ;;
        mid) cores=8 memory=15000 disk=1000 ;;
        core) cores=32 memory=60000 disk=1000 ;;
    esac
    has_cores=$(nproc)
    has_memory=$(awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo)
    has_disk=$(df -Pm /opt /var/lib 2>/dev/null | awk 'NR > 1 && (least == "" || $4 < least) { least = $4 } END { print least + 0 }')
    [ "$has_cores" -ge "$cores" ] || notes "tier $tier is made for $cores cores, and this machine has $has_cores: it works, and more slowly."
    [ "$has_memory" -ge "$memory" ] || notes "tier $tier is made for $memory MiB of memory, and this machine has $has_memory: choose a model that fits."
    [ "$has_disk" -ge "$disk" ] || lacks "tier $tier needs $disk MiB on the disk of /opt and /var/lib, and there are $has_disk MiB."
    if [ "$tier" != edge ] && [ "$(uname -m)" = x86_64 ]; then
        flags=" $(sed -n 's/^flags[^:]*://p' /proc/cpuinfo | head -n 1) "
        for flag in avx2 fma f16c bmi2; do
            case $flags in
                *" $flag "*) ;;
                *)
                    notes "this CPU lacks $flag, so the model cannot run in the process: a llama-server at 127.0.0.1:8090 is used instead."
                    break
                    ;;
            esac
        done
    fi
    # A container image or a rescue system has no systemd running.
    [ -d /run/systemd/system ] || [ "$dry_run" = yes ] || lacks "systemd does not run on this machine."
    case $(uname -m) in
        x86_64) archive="pipecat-$tier-*-linux-x86_64.tar.gz" ;;
        *) archive='pipecat-portable-*.tar.gz' ;;
    esac
    case " ${extra[*]:-} " in
        *pipecat_archive*) ;;
        *)
            compgen -G "pipecat-dist/runtimes/target/$archive" >/dev/null ||
                lacks "there is no runtime in pipecat-dist/runtimes/target: ./mvnw -DskipTests -pl pipecat-dist/runtimes -am package, or --extra-vars pipecat_archive=PATH."
            ;;
    esac
fi
[ "$missing" -eq 0 ] || exit "$EX_UNAVAILABLE"

variables=("--extra-vars" "node_tier=$tier")
if [ "$tier $role" = 'core worker' ]; then
    # One more core node: the cluster's Consul is elsewhere, and its own address is the one on the way to there.
    variables+=("--extra-vars" "consul_address=$controller")
elif [ -n "$controller" ]; then
    variables+=("--extra-vars" "core_node_address=$controller")
fi
if [ "$role" = worker ]; then
    variables+=("--extra-vars" '{"consul_managed": false, "mqtt_managed": false, "find_core_by": "consul"}')
fi
# A lone edge node has no broker's machine in its inventory, whose certificate could be fetched; Consul is on its core node.
if [ "$tier" = edge ] && [ -z "$inventory" ]; then
    variables+=("--extra-vars" '{"mqtt_managed": false}')
fi
command=(ansible-playbook --inventory "${inventory:-inventories/single/hosts.yaml}" "${variables[@]}" ${extra[@]+"${extra[@]}"})
[ -z "$limit" ] || command+=(--limit "$limit")
[ -z "$tags" ] || command+=(--tags "$tags")
[ "$verbose" = no ] || command+=(-vv)
if [ -n "$inventory" ]; then
    command[2]=$(real_path "$inventory")
fi
command+=(site.yaml)

if [ "$dry_run" = yes ]; then
    command -v ansible-playbook >/dev/null || say "Would install: ansible-core"
    say "Would run, in ansible/:"
    printf '%q ' "${command[@]}"
    printf '\n'
    # The play checks its variables first, and with a tag that no part has that is all it does.
    if command -v ansible-playbook >/dev/null; then
        if ! checked=$(cd ansible && "${command[@]}" --check --tags checks 2>&1); then
            say "It would stop before it touched anything:"
            printf '%s\n' "$checked" | sed -n 's/.*"msg": "\(.*\)"}$/\1/p; /^\[\{0,1\}ERROR/p' | sort -u >&2
            exit 1
        fi
        say "The variables are complete. Nothing was changed."
    fi
    exit 0
fi
if [ -z "$inventory" ] && [ "$(id -u)" -ne 0 ]; then
    say "bootstrap.sh: it installs software on this machine: run it as root (sudo ./bootstrap.sh …)."
    exit 77
fi
if [ "$yes" = no ] && [ -t 0 ]; then
    read -r -p "Make ${limit:-${inventory:-this machine}} a node of tier $tier? [y/N] " answer
    case $answer in
        [yY]*) ;;
        *) say "Nothing was done." && exit 0 ;;
    esac
fi
if ! command -v ansible-playbook >/dev/null; then
    install_packages ansible-core || exit "$EX_UNAVAILABLE"
fi
cd ansible
exec "${command[@]}"
