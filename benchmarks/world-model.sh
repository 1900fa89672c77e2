#!/usr/bin/env bash
# Measures the world model service: a node that holds it, a real Mosquitto and the load, all on loopback and the same
# processors. Rate and processor time of GET /state with 500 topics at 8 connections, the time from publishing to being
# visible in /state, and whether a read fails while 6,000 new topics a second arrive. Prints a Markdown table.
#
#   usage: benchmarks/world-model.sh [RUNS]   RUNS: how often the rate is measured (default 3); the best is told, since
#                                             whatever else runs on the machine only ever makes it worse
#   JAVA_OPTS    further options for the JVM of the node, to compare
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
runs=${1:-3}
seconds=6
topics=500
case $runs in
    '' | *[!0-9]* | 0)
        echo "usage: $0 [RUNS]   (a number greater than 0, not '$runs')" >&2
        exit 2
        ;;
esac
for program in wrk curl mosquitto; do
    if ! command -v "$program" >/dev/null; then
        echo "$0 needs $program (Debian package $program)" >&2
        exit 69
    fi
done
# shellcheck source=bin/setup.sh
. "$root/bin/setup.sh"
find_jdk

work=$(mktemp -d)
server='' broker='' growing=''
cleanup() {
    [ -z "$growing" ] || kill "$growing" 2>/dev/null || true
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ -z "$broker" ] || kill "$broker" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
"$root/pipecat" --version >/dev/null
"$JAVA_HOME/bin/javac" -proc:none -d "$work" "$root/benchmarks/WorldModelLoad.java"
publisher() { "$JAVA_HOME/bin/java" -cp "$work" -XX:TieredStopAtLevel=1 WorldModelLoad "$@"; }

# A port that is free now; should somebody take it in between, the broker says so and this ends.
port=$(publisher port)
printf 'listener %s 127.0.0.1\nallow_anonymous true\nmax_queued_messages 100000\n' "$port" >"$work/mosquitto.conf"
mosquitto -c "$work/mosquitto.conf" >"$work/mosquitto.log" 2>&1 &
broker=$!

export STATE_DIR=$work/state MQTT_HOST=127.0.0.1 MQTT_PORT=$port LLAMA_API_URL_OVERRIDE=http://127.0.0.1:9/v1
coproc SERVE {
    exec "$root/pipecat" world-model --world-model-port 0 --access-log "${ACCESS_LOG:-false}" 2>&1
}
server=$SERVE_PID
url=''
while IFS= read -r line <&"${SERVE[0]}"; do
    case $line in
        *'Listening on '*) url=${line##*Listening on } ;;
        *Ready*) break ;;
    esac
done
[ -n "$url" ] || {
    echo "the world model service did not start: $line" >&2
    exit 1
}
# What it logs from here on is thrown away, or it would wait for a reader.
exec {log}<&"${SERVE[0]}"
cat <&"$log" >/dev/null &

healthy=''
for ((i = 0; i < 200; i++)); do
    if curl -sf -o /dev/null "$url/health"; then
        healthy=yes
        break
    fi
    sleep 0.1
done
[ -n "$healthy" ] || {
    echo "the node did not reach the broker: $(curl -s "$url/health")" >&2
    exit 1
}

ticks=$(getconf CLK_TCK)
cpu_ticks() { awk '{ print $14 + $15 }' "/proc/$server/stat"; }
resident_mb() { awk '/^VmRSS:/ { printf "%.0f", $2 / 1024 }' "/proc/$server/status"; }
failed() { awk '/Non-2xx/ { n += $NF } /Socket errors/ { gsub(",", ""); n += $4 + $6 + $8 } END { print n + 0 }' "$1"; }

publisher fill "$port" "$topics"
until curl -s "$url/state/house/room49" | grep -q "\"device$((topics / 50 - 1))\""; do sleep 0.1; done
bytes=$(curl -s "$url/state" | wc -c)

echo "warming up ..." >&2
wrk -t 1 -c 8 -d "${seconds}s" "$url/state" >/dev/null
best=0 best_cpu=''
for ((i = 1; i <= runs; i++)); do
    before=$(cpu_ticks)
    wrk -t 1 -c 8 -d "${seconds}s" "$url/state" >"$work/out"
    after=$(cpu_ticks)
    if [ "$(failed "$work/out")" -gt 0 ]; then
        cat "$work/out" >&2
        exit 1
    fi
    rate=$(awk '/^Requests\/sec:/ { printf "%.0f", $2 }' "$work/out")
    requests=$(awk '/requests in/ { print $1 }' "$work/out")
    cpu=$(awk -v t=$((after - before)) -v hz="$ticks" -v n="$requests" 'BEGIN { printf "%.0f", t / hz * 1e6 / n }')
    echo "run $i: $rate/s, $cpu us of CPU a request, load average $(cut -d' ' -f1 /proc/loadavg)" >&2
    [ "$rate" -le "$best" ] || best=$rate
    if [ -z "$best_cpu" ] || [ "$cpu" -lt "$best_cpu" ]; then best_cpu=$cpu; fi
done

echo "publishing and looking ..." >&2
best_visible='' visible_p99=''
for ((i = 1; i <= runs; i++)); do
    read -r median p99 < <(publisher visible "$port" "$url/state" 500)
    echo "run $i: median $median us, p99 $p99 us" >&2
    if [ -z "$best_visible" ] || [ "$median" -lt "$best_visible" ]; then
        best_visible=$median
        visible_p99=$p99
    fi
done

echo "reading while topics arrive ..." >&2
publisher grow "$port" 6000 "$seconds" >"$work/grown" &
growing=$!
wrk -t 1 -c 8 -d "${seconds}s" --timeout 10s "$url/state" >"$work/out"
wait "$growing"
growing=''
read -r grown took <"$work/grown"
arrived=0
for ((i = 0; i < 100 && arrived < grown; i++)); do
    arrived=$(curl -s "$url/state/t" | tr ',' '\n' | grep -c '')
    sleep 0.1
done
reads=$(awk '/requests in/ { print $1 }' "$work/out")

cat <<TABLE
| measured by \`benchmarks/world-model.sh $runs\` | best of $runs | target |
| --- | --- | --- |
| machine | $(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) cores; load average $(cut -d' ' -f1-3 /proc/loadavg); JAVA_OPTS \`${JAVA_OPTS:-}\` | |
| \`GET /state\` with $topics topics ($bytes bytes), 8 connections | $best/s | 5,000/s |
| processor time a request | $best_cpu µs | |
| published to visible in \`/state\`, median · 99th percentile | $best_visible µs · $visible_p99 µs | 2,000 µs |
| failed of $reads reads of \`/state\` while $grown new topics arrived in $took s | $(failed "$work/out") | 0 |
| of those topics, there at the end | $arrived | $grown |
| resident memory at the end | $(resident_mb) MB | |
TABLE
