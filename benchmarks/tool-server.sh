#!/usr/bin/env bash
# Measures a tool server node under load from wrk on loopback: rate, processor time a call, latency at half load, health
# while slow tools run, idle connections, memory. Beside it, as what the JDK's HTTP server leaves at best, one that reads
# each request and answers it with a constant. Bounded in time and connections.
#
#   usage: benchmarks/tool-server.sh [--quick] [RUNS]   RUNS: how often the load is measured (default 3, quick 1); the best is told,
#                                                       since whatever else runs on the machine only ever makes it worse
#   JAVA_OPTS    further options for the JVM of the node, to compare
set -euo pipefail

# shellcheck source=benchmarks/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
options "$@"
runs=$(number 1 3 1)
# Warming up ends when a call gets no cheaper, or after so many times.
seconds=6 warm_ups=10
if [ -n "$quick" ]; then seconds=2 warm_ups=2; fi
needs wrk curl
build

work=$(mktemp -d)
server=''
bare=''
slow=()
cleanup() {
    [ -z "$bare" ] || kill "$bare" 2>/dev/null || true
    [ "${#slow[@]}" -eq 0 ] || kill "${slow[@]}" 2>/dev/null || true
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT

# No tool of a node just waits, so one that does is made here, as anybody adds tools: a jar beside the others.
# It is a jar without module-info: its annotations' types, which javac would look for on a module path, are in no node.
mkdir -p "$work/lib" "$work/source/bench" "$work/classes/META-INF/services"
ln -s "$lib"/*.jar "$work/lib/"
echo bench.Bench >"$work/classes/META-INF/services/io.pipecat.api.tool.ToolProvider"
cat >"$work/source/bench/Bench.java" <<'JAVA'
package bench;

import io.pipecat.api.NodeContext;
import io.pipecat.api.tool.*;

@ToolInfo(name = "bench", description = "To be measured.")
public final class Bench implements ToolProvider {
    public String name() { return "bench"; }
    public ToolSource create(NodeContext context) { return ToolSource.of(Tool.annotated(this)); }
    @ToolMethod("Adds.") public int add(int a, int b) { return a + b; }
    @ToolMethod("Waits.") public String pause(int seconds) throws InterruptedException {
        Thread.sleep(seconds * 1000L);
        return "done";
    }
}
JAVA
"$JAVA_HOME/bin/javac" -proc:none -parameters --release 21 -Xlint:none -cp "$lib/*" -d "$work/classes" \
    "$work/source/bench/Bench.java"
"$JAVA_HOME/bin/jar" --create --file "$work/lib/bench.jar" -C "$work/classes" .
cat >"$work/source/Bare.java" <<'JAVA'
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;

public class Bare {
    public static void main(String[] args) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(task -> Thread.ofVirtual().start(task));
        byte[] answer = "{\"result\":40}".getBytes();
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        System.out.println(server.getAddress().getPort());
    }
}
JAVA
"$JAVA_HOME/bin/javac" -proc:none --release 21 -Xlint:none -d "$work" "$work/source/Bare.java"

cat >"$work/post.lua" <<'LUA'
wrk.method = "POST"
wrk.path = "/run_tool/"
wrk.headers["Authorization"] = "Bearer benchmark"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"tool":"bench","method":"add","args":{"a":17,"b":23}}'
local pause = tonumber(os.getenv("PAUSE_MS") or "0")
if pause > 0 then
    function delay() return pause end
end
LUA

export STATE_DIR=$work/state PIPECAT_LIB=$work/lib TOOL_SERVER_API_KEY=benchmark
coproc SERVE {
    exec "$root/pipecat" tool-server --tool-server-port 0 --tool-server-rate-limit 0 --tool-server-concurrency 200 \
        --access-log "${ACCESS_LOG:-false}" 2>&1
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
    echo "the tool server did not start: $line" >&2
    exit 1
}
# What it logs from here on is thrown away, or it would wait for a reader.
exec {log}<&"${SERVE[0]}"
cat <&"$log" >/dev/null &

ticks=$(getconf CLK_TCK)
cpu_ticks() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }
load() { # seconds [url]
    wrk -t 2 -c 32 -d "${1}s" --latency -s "$work/post.lua" "${2:-$url}"
}
rate_of() { awk '/^Requests\/sec:/ { printf "%.0f", $2 }' "$1"; }
health_ms() { # the slowest of twenty
    local i
    for ((i = 0; i < 20; i++)); do
        curl -s -o /dev/null -w '%{time_total}\n' "$url/health"
    done | sort -n | awk 'END { printf "%.1f", $1 * 1000 }'
}

less() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a < b) }'; }
full_load() { # pid url name run (0 to warm up); sets rate and cpu
    local before after requests
    before=$(cpu_ticks "$1")
    load "$seconds" "$2" >"$work/out"
    after=$(cpu_ticks "$1")
    # While a loaded machine warms up, answers may be late; wrong they may never be.
    if grep -q 'Non-2xx' "$work/out" || { [ "$4" -gt 0 ] && grep -q 'Socket errors' "$work/out"; }; then
        cat "$work/out" >&2
        exit 1
    fi
    rate=$(rate_of "$work/out")
    requests=$(awk '/requests in/ { print $1 }' "$work/out")
    cpu=$(awk -v t=$((after - before)) -v hz="$ticks" -v n="$requests" 'BEGIN { printf "%.1f", t / hz * 1e6 / n }')
    echo "$3: $rate/s, $cpu us of CPU a call, load average $(cut -d' ' -f1 /proc/loadavg)" >&2
}
measure() { # pid url name; sets best and best_cpu
    local i last=1000000
    best=0 best_cpu=1000000
    # The compiler takes the longer the more else the machine does.
    for ((i = 1; i <= warm_ups; i++)); do
        full_load "$1" "$2" "$3, warming up" 0
        less "$cpu" "$(awk -v c="$last" 'BEGIN { print c * 0.9 }')" || break
        last=$cpu
    done
    for ((i = 1; i <= runs; i++)); do
        full_load "$1" "$2" "$3, run $i" "$i"
        [ "$rate" -le "$best" ] || best=$rate
        if less "$cpu" "$best_cpu"; then best_cpu=$cpu; fi
    done
}
"$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmn8m -Dsun.net.httpserver.nodelay=true -cp "$work" Bare >"$work/port" &
bare=$!
while ! [ -s "$work/port" ]; do sleep 0.1; done
measure "$bare" "http://127.0.0.1:$(cat "$work/port")" "bare JDK server"
kill "$bare"
bare='' bare_best=$best bare_cpu=$best_cpu
measure "$server" "$url" "tool server"
loaded=$(resident_mb "$server")

echo "half load ..." >&2
# Each connection pauses 3 ms between its calls, so that together they ask for half of the 20,000 calls a second.
half=1000000 half_rate=0
for ((i = 1; i <= runs; i++)); do
    PAUSE_MS=3 load "$seconds" >"$work/out"
    p99=$(awk '$1 == "99%" { v = $2; if (v ~ /us$/) v = v / 1000; else if (v ~ /ms$/) v = v + 0; else v = v * 1000; printf "%.2f", v }' "$work/out")
    echo "run $i: $(rate_of "$work/out")/s, p99 $p99 ms" >&2
    if less "$p99" "$half"; then
        half=$p99
        half_rate=$(rate_of "$work/out")
    fi
done

echo "a hundred slow tools ..." >&2
for ((i = 0; i < 100; i++)); do
    curl -s -o /dev/null -X POST "$url/run_tool/" -H 'Authorization: Bearer benchmark' -H 'Content-Type: application/json' \
        -d '{"tool":"bench","method":"pause","args":{"seconds":25}}' &
    slow+=($!)
done
running=0
for ((i = 0; i < 200 && running < 100; i++)); do
    running=$(curl -s "$url/metrics" | awk '/^pipecat_served_calls_running / { printf "%d", $2 }')
    sleep 0.1
done
health=$(health_ms)
with_slow=$(resident_mb "$server")
kill "${slow[@]}" 2>/dev/null || true
wait "${slow[@]}" 2>/dev/null || true
slow=()

echo "a thousand idle connections ..." >&2
port=${url##*:}
# In a process of their own, or the load generator would inherit them and have no descriptors left.
(
    ulimit -n 4096
    for ((i = 0; i < 1000; i++)); do
        # shellcheck disable=SC2034 # Opened to be open.
        exec {descriptor}<>"/dev/tcp/127.0.0.1/$port"
    done
    touch "$work/connected"
    exec sleep 600
) &
slow=($!)
until [ -e "$work/connected" ]; do
    kill -0 "${slow[0]}"
    sleep 0.1
done
idle_health=$(health_ms)
load 2 >"$work/out"
idle_rate=$(rate_of "$work/out")
idle_failed=$(awk '/Non-2xx/ { n += $NF } /Socket errors/ { gsub(",", ""); n += $4 + $6 + $8 + $10 } END { print n + 0 }' "$work/out")
kill "${slow[@]}"
slow=()

result tool-server.rate "$best" 1/s 'run_tool calls a second, 32 connections'
result tool-server.cpu "$best_cpu" µs 'processor time of a call'
result tool-server.bare-rate "$bare_best" 1/s 'requests a second of a bare JDK server'
result tool-server.bare-cpu "$bare_cpu" µs 'processor time of one'
result tool-server.p99-half-load "$half" ms "99th percentile at $half_rate calls a second"
result tool-server.health-slow-tools "$health" ms "slowest of 20 /health with $running slow tools running"
result tool-server.health-idle-connections "$idle_health" ms 'slowest of 20 /health with 1,000 idle connections'
result tool-server.rate-idle-connections "$idle_rate" 1/s 'calls a second beside them'
result tool-server.failed-idle-connections "$idle_failed" '' 'of these, failed'
result tool-server.memory-loaded "$loaded" MB 'resident memory after the load'
result tool-server.memory-slow-tools "$with_slow" MB 'the same with the slow tools'
result tool-server.memory-end "$(resident_mb "$server")" MB 'the same at the end'
[ -z "${JAVA_OPTS:-}" ] || note "JAVA_OPTS was \`$JAVA_OPTS\`"
