#!/usr/bin/env bash
# Starts a node as a service: the container image, systemd and Nomad run this. Arguments go to 'pipecat serve'.
#
#   DEPLOYMENT_MODE    monolith (the default) starts at once; distributed first waits for what the cluster gives
#   NODE_ROLE          another name for DEPLOYMENT_MODE
#   NODE_TIER          edge, mid or core
#   CONSUL_HOST        what a distributed node waits for (default: CLUSTER_IP, else 127.0.0.1), at CONSUL_PORT (8500)
#   WAIT_FOR_FILES     files that consul-template renders, separated by ':'; waited for in either mode
#   START_TIMEOUT      how many seconds to wait at most (60)
#   PIPECAT_HOME       the runtime (default: the one that this script lies in)
set -euo pipefail

# The program's code for a setting that is wrong.
EX_SETTING=3

self=$(readlink -f "${BASH_SOURCE[0]}")
home=${PIPECAT_HOME:-$(dirname "$(dirname "$self")")}

say() {
    printf '%s start_pipecat: %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$*" >&2
}

refuse() {
    say "$*"
    exit "$EX_SETTING"
}

# one_of NAME VALUE VALID... refuses a value that is not among the valid ones.
one_of() {
    local name=$1 value=$2 valid
    shift 2
    for valid in "$@"; do
        [ "$value" != "$valid" ] || return 0
    done
    refuse "$name is '$value'; it is one of: $*."
}

lower() {
    printf '%s' "$1" | tr '[:upper:]' '[:lower:]'
}

mode=$(lower "${DEPLOYMENT_MODE:-}")
role=$(lower "${NODE_ROLE:-}")
tier=$(lower "${NODE_TIER:-}")
timeout=${START_TIMEOUT:-60}
[ -z "$mode" ] || one_of DEPLOYMENT_MODE "$mode" monolith distributed
[ -z "$role" ] || one_of NODE_ROLE "$role" monolith distributed
[ -z "$tier" ] || one_of NODE_TIER "$tier" edge mid core
if [ -n "$mode" ] && [ -n "$role" ] && [ "$mode" != "$role" ]; then
    refuse "DEPLOYMENT_MODE is '$mode' and NODE_ROLE is '$role'; they mean the same, so set one of them only (monolith or distributed)."
fi
case $timeout in
    '' | *[!0-9]*) refuse "START_TIMEOUT is '$timeout'; it is a number of seconds." ;;
esac
mode=${mode:-${role:-monolith}}

# An address may be [::1]; bash wants it bare.
bare() {
    local host=${1#[}
    printf '%s' "${host%]}"
}

# Consul has a leader and answers. Without TLS it is asked; with TLS that something accepts the connection must do.
consul_answers() {
    local host=$1 port=$2 answer=''
    # In a shell of its own: that ends with the connection, and a connection that hangs ends with the time.
    # shellcheck disable=SC2016
    answer=$(timeout 3 bash -c '
        exec 3<>"/dev/tcp/$1/$2" || exit 1
        if [ "$3" = true ]; then echo 200; exit 0; fi
        printf "GET /v1/status/leader HTTP/1.0\r\nHost: %s\r\n\r\n" "$1" >&3
        cat <&3' _ "$(bare "$host")" "$port" "$(lower "${CONSUL_TLS:-false}")" 2>/dev/null) || return 1
    case $answer in
        *' 403 '*) return 0 ;; # It is there; what the token may do, the node finds out.
        *200*'""') return 1 ;; # It is there and has no leader yet.
        *200*) return 0 ;;
        *) return 1 ;;
    esac
}

files_are_there() {
    local file
    missing=()
    while IFS= read -r -d : file; do
        [ -z "$file" ] || [ -s "$file" ] || missing+=("$file")
    done <<<"${WAIT_FOR_FILES:-}:"
    [ "${#missing[@]}" -eq 0 ]
}

# wait_until WHAT COMMAND... waits until the command succeeds or the time is over; says what it waits for.
wait_until() {
    local what=$1 told=-10
    shift
    while ! "$@"; do
        if [ "$SECONDS" -ge "$timeout" ]; then
            return 1
        fi
        if [ $((SECONDS - told)) -ge 10 ]; then
            say "Waiting for $what ($SECONDS of at most $timeout s)"
            told=$SECONDS
        fi
        # In the background, so that a signal is heard at once.
        sleep 0.5 &
        wait $!
    done
}

SECONDS=0
trap 'say "Stopped while waiting"; exit 143' TERM
trap 'say "Stopped while waiting"; exit 130' INT
if ! wait_until "the files of consul-template: ${WAIT_FOR_FILES:-}" files_are_there; then
    refuse "After $timeout s these files are still missing or empty: ${missing[*]}. See whether consul-template runs, or correct WAIT_FOR_FILES."
fi
if [ "$mode" = distributed ]; then
    consul=${CONSUL_HOST:-${CLUSTER_IP:-127.0.0.1}}
    port=${CONSUL_PORT:-8500}
    if ! wait_until "Consul at $consul:$port" consul_answers "$consul" "$port"; then
        # Where every address is overridden, or there is a fallback, the node works all the same; it says what it misses.
        say "Consul at $consul:$port has not answered within $timeout s; starting without it."
    fi
fi
trap - TERM INT

say "Starting: mode $mode, tier ${tier:-$(cat "$home/conf/tier" 2>/dev/null || echo 'not set')}"
# Takes over this process, so that signals reach the node and its exit code is this script's.
exec "$home/bin/pipecat" serve "$@"
