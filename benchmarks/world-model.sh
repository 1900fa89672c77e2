#!/usr/bin/env bash
# Measures the world model service: a node that holds it, a real Mosquitto and the load, all on loopback and the same
# processors. Rate and processor time of GET /state with 500 topics at 8 connections, the time from publishing to being
# visible in /state, and whether a read fails while 6,000 new topics a second arrive.
#
#   usage: benchmarks/world-model.sh [--quick] [RUNS]   RUNS: how often the rate is measured (default 3, quick 1); the best is told,
#                                                       since whatever else runs on the machine only ever makes it worse
#   JAVA_OPTS    further options for the JVM of the node, to compare
set -euo pipefail

# shellcheck source=benchmarks/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
options "$@"
runs=$(number 1 3 1)
seconds=6 visible_times=500
if [ -n "$quick" ]; then seconds=2 visible_times=100; fi
topics=500
needs wrk curl mosquitto
build

work=$(mktemp -d)
server='' broker='' growing=''
cleanup() {
    [ -z "$growing" ] || kill "$growing" 2>/dev/null || true
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ -z "$broker" ] || kill "$broker" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
compile WorldModelLoad.java "$work"
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
    read -r median p99 < <(publisher visible "$port" "$url/state" "$visible_times")
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

result world-model.state-rate "$best" 1/s "GET /state a second with $topics topics ($bytes bytes), 8 connections"
result world-model.state-cpu "$best_cpu" µs 'processor time of one'
result world-model.visible "$(awk -v us="$best_visible" 'BEGIN { printf "%.3f", us / 1000 }')" ms 'published to visible in /state, median'
result world-model.visible-p99 "$(awk -v us="$visible_p99" 'BEGIN { printf "%.3f", us / 1000 }')" ms 'the same, 99th percentile'
result world-model.failed-reads "$(failed "$work/out")" '' "failed of $reads reads of /state while $grown new topics arrived in $took s"
result world-model.missing-topics "$((grown - arrived))" '' 'of those topics, missing at the end'
result world-model.memory "$(resident_mb "$server")" MB 'resident memory at the end'
[ -z "${JAVA_OPTS:-}" ] || note "JAVA_OPTS was \`$JAVA_OPTS\`"
