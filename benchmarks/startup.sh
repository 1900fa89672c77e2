#!/usr/bin/env bash
# Measures what a person waits for and what a node takes: start-up, first token, resident memory.
# Everything runs on the built-in model, with no network. Prints a Markdown table.
#
#   usage: benchmarks/startup.sh [RUNS]      RUNS: how often each is measured (default 11); the median is told
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
runs=${1:-11}
case $runs in
    '' | *[!0-9]* | 0)
        echo "usage: $0 [RUNS]   (a number greater than 0, not '$runs')" >&2
        exit 2
        ;;
esac
state=$(mktemp -d)
server=''
cleanup() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$state"
}
trap cleanup EXIT
export STATE_DIR=$state

now_us() { echo "${EPOCHREALTIME/[.,]/}"; }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
milliseconds() { awk -v us="$1" 'BEGIN { printf us < 10000 ? "%.1f ms" : "%.0f ms", us / 1000 }'; }
resident_kb() { awk '/^VmRSS:/ { print $2 }' "/proc/$1/status"; }
megabytes() { awk -v kb="$1" 'BEGIN { printf "%.0f MB", kb / 1024 }'; }

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
    idle=$(resident_kb "$server")
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
after=$(resident_kb "$server")
exec {to_chat}>&-
wait "$server" 2>/dev/null || true
server=''

cat <<TABLE
| measured by \`benchmarks/startup.sh $runs\` | median of $runs |
| --- | --- |
| machine | $(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) cores, $(awk '/^MemTotal/ { printf "%.0f GB", $2 / 1048576 }' /proc/meminfo); $("$root/pipecat" --version) |
| \`./pipecat --version\` | $(milliseconds "$version") |
| \`./pipecat ask Hello\`, start to end | $(milliseconds "$hello") |
| \`./pipecat serve\`, start to ready | $(milliseconds "$ready") |
| resident memory, ready and idle | $(megabytes "$idle") |
| first token, plain answer, warm | $(milliseconds "$(printf %s "$firsts" | median)") |
| first token after one tool call, warm | $(milliseconds "$(printf %s "$tools" | median)") |
| resident memory after $((2 * (10 + runs))) turns | $(megabytes "$after") |
TABLE
