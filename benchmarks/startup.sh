#!/usr/bin/env bash
# Measures what a person waits for and what a node takes: start-up, first token, resident memory.
# Everything runs on the built-in model, with no network.
#
#   usage: benchmarks/startup.sh [--quick] [RUNS]    RUNS: how often each is measured (default 11, quick 3); the median is told
set -euo pipefail

# shellcheck source=benchmarks/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
options "$@"
runs=$(number 1 11 3)
build
state=$(mktemp -d)
server=''
cleanup() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$state"
}
trap cleanup EXIT
export STATE_DIR=$state

# Runs a command several times; the median of its wall time in microseconds.
wall() {
    local i begin
    for ((i = 0; i < runs; i++)); do
        begin=$(now_us)
        "$@" >/dev/null 2>&1
        echo $(($(now_us) - begin))
    done | median
}

# From the start of 'serve' until it says that it is ready.
ready_once() {
    local begin line
    begin=$(now_us)
    coproc SERVE { WEB_PORT=0 exec "$root/pipecat" serve --log-level info 2>&1; }
    server=$SERVE_PID
    while IFS= read -r line <&"${SERVE[0]}"; do
        case $line in *Ready*) break ;; esac
    done
    ready=$(($(now_us) - begin))
    idle=$(resident_mb "$server")
    kill "$server"
    wait "$server" 2>/dev/null || true
    server=''
}

echo "measuring start-up ..." >&2
"$root/pipecat" ask Hello >/dev/null 2>&1
version=$(wall "$root/pipecat" --version)
hello=$(wall "$root/pipecat" ask Hello)
readies='' idles=''
for ((i = 0; i < runs; i++)); do
    ready_once
    readies+=$ready$'\n'
    idles+=$idle$'\n'
done
ready=$(printf %s "$readies" | median)
idle=$(printf %s "$idles" | median)

echo "measuring first tokens ..." >&2
coproc CHAT { exec "$root/pipecat" chat 2>/dev/null; }
server=$CHAT_PID
to_chat=${CHAT[1]}
ask() { # question; sets first to the microseconds until the first byte of the answer
    local begin byte rest
    begin=$(now_us)
    printf '%s\n' "$1" >&"${CHAT[1]}"
    IFS= read -r -N 1 byte <&"${CHAT[0]}"
    first=$(($(now_us) - begin))
    IFS= read -r rest <&"${CHAT[0]}"
    answer=$byte$rest
}
firsts='' tools=''
for ((i = 0; i < 10 + runs; i++)); do
    ask "Hello"
    plain=$first
    ask "What is $((i + 17)) * 23?"
    case $answer in *$(((i + 17) * 23))*) ;; *) echo "wrong answer: $answer" >&2 && exit 1 ;; esac
    # The first ten warm the JVM up, as the first answers after a start do.
    if [ "$i" -ge 10 ]; then
        firsts+=$plain$'\n'
        tools+=$first$'\n'
    fi
done
after=$(resident_mb "$server")
exec {to_chat}>&-
wait "$server" 2>/dev/null || true
server=''

result startup.version "$(ms "$version")" ms './pipecat --version'
result startup.ask "$(ms "$hello")" ms './pipecat ask Hello, start to end'
result startup.serve-ready "$(ms "$ready")" ms './pipecat serve, start to ready'
result startup.idle-memory "$idle" MB 'resident memory, ready and idle'
result startup.first-token "$(ms "$(printf %s "$firsts" | median)")" ms 'first token of a plain answer, warm'
result startup.first-token-after-tool "$(ms "$(printf %s "$tools" | median)")" ms 'first token after one tool call, warm'
result startup.memory-after-turns "$after" MB "resident memory after $((2 * (10 + runs))) turns"
