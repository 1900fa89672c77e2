#!/usr/bin/env bash
# Measures how long a question waits when a language model dies: two servers with the built-in model as OpenAI-compatible endpoints on
# loopback, and a node that knows both and has that model itself. Prints a Markdown table.
#
#   usage: benchmarks/failover.sh [RUNS]     RUNS: how often each is measured (default 5); the worst is told
#
# Needs what ./mvnw verify makes: the jars of pipecat-dist and the classes of the system tests.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
# shellcheck source=bin/setup.sh
. "$root/bin/setup.sh"
find_jdk
runs=${1:-5}
case $runs in
    '' | *[!0-9]* | 0)
        echo "usage: $0 [RUNS]   (a number greater than 0, not '$runs')" >&2
        exit 2
        ;;
esac
lib=$root/pipecat-dist/target/lib
classes=$root/pipecat-system-tests/target/test-classes
if [ ! -d "$lib" ] || [ ! -d "$classes" ]; then
    echo "$0: $lib or $classes is missing; run ./mvnw verify first." >&2
    exit 1
fi
# Two kinds of discovery at once would be refused.
class_path=$classes
for jar in "$lib"/*.jar; do
    case $jar in */pipecat-discovery-*) ;; *) class_path=$class_path:$jar ;; esac
done
java=("$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -Xmx256m --enable-native-access=ALL-UNNAMED -cp "$class_path")
package=io.pipecat.system.failover
state=$(mktemp -d)
declare -A server=()
driver=''
cleanup() {
    local pid
    for pid in "${server[@]}" $driver; do
        kill -KILL "$pid" 2>/dev/null || true
    done
    rm -rf "$state"
}
trap cleanup EXIT

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
now_ms() { echo $((${EPOCHREALTIME/[.,]/} / 1000)); }
field() { sed -E "s/.*\"$1\":\"?([^,\"}]*).*/\1/"; }
worst() { sort -n | tail -1; }

start_server() {
    "${java[@]}" "$package.ModelServer" 127.0.0.1 "${port[$1]}" "model-$1" "$state/server$1" >"$state/$1.out" 2>/dev/null &
    server[$1]=$!
    until grep -q ready "$state/$1.out"; do
        kill -0 "${server[$1]}"
        sleep 0.05
    done
}
stop_server() {
    kill -KILL "${server[$1]}"
    wait "${server[$1]}" 2>/dev/null || true
    unset "server[$1]"
}
ask() {
    echo "What is 17 * 23?" >&"${DRIVER[1]}"
    IFS= read -r answer <&"${DRIVER[0]}"
    case $answer in *391*) ;; *) echo "$0: no answer: $answer" >&2 && exit 1 ;; esac
}

port=('' "$(free_port)" "$(free_port)")
echo "starting two servers and a node ..." >&2
start_server 1
start_server 2
coproc DRIVER { exec "${java[@]}" "$package.TurnDriver" "test_hosts=127.0.0.1:${port[1]},127.0.0.1:${port[2]}" \
    llama_api_service_name=llamacpp-rpc-api local_llm_model_path=builtin llm_fallback=local serve=none "state_dir=$state/node" 2>/dev/null; }
driver=$DRIVER_PID
until IFS= read -r line <&"${DRIVER[0]}" && [ "$line" = ready ]; do :; done
for ((i = 0; i < 10; i++)); do ask; done

usual=$(for ((i = 0; i < runs * 2; i++)); do ask && field millis <<<"$answer"; done | worst)

echo "one of two hangs ..." >&2
hung=$(for ((i = 0; i < runs; i++)); do
    kill -STOP "${server[1]}"
    for _ in 1 2; do ask && field millis <<<"$answer"; done
    kill -CONT "${server[1]}"
    for _ in 1 2; do ask; done
done | worst)

killed=0 gone=0 back=0
for ((i = 0; i < runs; i++)); do
    echo "round $((i + 1)) of $runs: kills one, then both, then starts one ..." >&2
    stop_server 1
    for _ in 1 2; do
        ask
        took=$(field millis <<<"$answer")
        ((took > killed)) && killed=$took
    done
    stop_server 2
    ask
    took=$(field firstTextMillis <<<"$answer")
    ((took > gone)) && gone=$took
    start_server 1
    begin=$(now_ms)
    until ask && [[ $(field model <<<"$answer") == *cluster* ]] && [[ $answer != *process* ]]; do sleep 0.05; done
    took=$(($(now_ms) - begin))
    ((took > back)) && back=$took
    start_server 2
done

cat <<TABLE

| measured by \`benchmarks/failover.sh $runs\` | worst of $runs | target |
| --- | --- | --- |
| machine | $(sed -n 's/^model name[^:]*: //p;T;q' /proc/cpuinfo), $(nproc) cores; load average $(cut -d' ' -f1-3 /proc/loadavg) | |
| a question with one tool call, all well | $usual ms | |
| one of two instances killed, the whole answer | $killed ms | one deadline |
| one of two instances hangs, the whole answer | $hung ms | one deadline (1500 ms) and the answer |
| all remote ones killed, first text from the local model | $gone ms | 2000 ms |
| one is back, until it answers | $back ms | 5000 ms |
TABLE
