#!/usr/bin/env bash
# Measures how long a question waits when a language model dies: a real Consul that asks the health of two servers of the built-in
# model every 2 s, and a node that finds them there and has that model itself, all on loopback.
#
#   usage: benchmarks/failover.sh [--quick] [ROUNDS]   ROUNDS: how often each is measured (default 5, quick 1); the worst is told
#
# Needs what ./mvnw -DskipTests package makes: the jars of pipecat-dist and the classes of the system tests.
set -euo pipefail

# shellcheck source=benchmarks/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
options "$@"
rounds=$(number 1 5 1)
needs consul curl python3
find_jdk
lib=$root/pipecat-dist/target/lib
classes=$root/pipecat-system-tests/target/test-classes
if [ ! -d "$lib" ] || [ ! -d "$classes" ]; then
    say "$script: $lib or $classes is missing; run ./mvnw -DskipTests package first."
    exit "$EX_UNAVAILABLE"
fi
state=$(mktemp -d)
declare -A server=()
agent='' driver=''
cleanup() {
    local pid
    for pid in "${server[@]}" $driver $agent; do
        kill -KILL "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    rm -rf "$state"
}
trap cleanup EXIT

# Ends with the log of a program that has ended.
alive() {
    kill -0 "$1" 2>/dev/null || {
        echo "$0: a program ended too early:" >&2
        cat "$2" >&2
        exit 1
    }
}
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
now_ms() { echo $((${EPOCHREALTIME/[.,]/} / 1000)); }
field() { sed -E "s/.*\"$1\":\"?([^,\"}]*).*/\1/" <<<"$answer"; }

# Keeps the worst of what was measured under a name.
declare -A worst=()
measured() {
    if [ "$2" -gt "${worst[$1]:-0}" ]; then worst[$1]=$2; fi
}

consul_port=$(free_port)
consul agent -dev -bind 127.0.0.1 -client 127.0.0.1 -disable-host-node-id -log-level warn \
    -hcl "ports { http = $consul_port, grpc = -1, dns = -1, serf_wan = -1, serf_lan = $(free_port), server = $(free_port) }" \
    >"$state/consul.log" 2>&1 &
agent=$!
of_consul() { curl -s "http://127.0.0.1:$consul_port/v1/$1"; }
until [ "$(of_consul status/leader | wc -c)" -gt 4 ]; do
    alive "$agent" "$state/consul.log"
    sleep 0.1
done

port=('' "$(free_port)" "$(free_port)")
java=("$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -Xmx256m --enable-native-access=ALL-UNNAMED -cp "$classes:$lib/*")
package=io.pipecat.system.failover
# A server of the built-in model, until it listens; TOKEN_MILLIS is 0: as fast as it can.
start_server() {
    : >"$state/server$1.log"
    "${java[@]}" "$package.ModelServer" 127.0.0.1 "${port[$1]}" "model-$1" "$state/server$1" 0 >"$state/server$1.log" 2>&1 &
    server[$1]=$!
    until grep -q ready "$state/server$1.log"; do
        alive "${server[$1]}" "$state/server$1.log"
        sleep 0.02
    done
}
kill_server() {
    kill -KILL "${server[$1]}"
    wait "${server[$1]}" 2>/dev/null || true
    unset "server[$1]"
}
register() {
    curl -sf -X PUT "http://127.0.0.1:$consul_port/v1/agent/service/register" -d '{"Name": "llamacpp-rpc-api", "ID": "llm-'"$1"'",
        "Address": "127.0.0.1", "Port": '"${port[$1]}"', "Check": {"Interval": "2s", "Timeout": "5s",
        "HTTP": "http://127.0.0.1:'"${port[$1]}"'/v1/models"}}'
}
# Until Consul lists so many as healthy.
await_passing() {
    until [ "$(of_consul 'health/service/llamacpp-rpc-api?passing' | grep -o '"Checks":' | wc -l)" -eq "$1" ]; do sleep 0.05; done
}

ask() {
    echo "What is 17 * 23?" >&"$to"
    IFS= read -r answer <&"$from"
    case $answer in *391*) ;; *) echo "$0: no answer: $answer" >&2 && exit 1 ;; esac
}
# Until a question is answered by one of the two again; how long that took since it is back.
ask_until_back() {
    local begin
    begin=$(now_ms)
    until ask && [[ $(field by) == *cluster* ]]; do sleep 0.02; done
    measured "$1" $(($(now_ms) - begin))
}

echo "starting two servers and a node ..." >&2
for n in 1 2; do
    start_server $n
    register $n
done
await_passing 2
coproc DRIVER { exec "${java[@]}" "$package.TurnDriver" consul_host=127.0.0.1 "consul_port=$consul_port" \
    llama_api_service_name=llamacpp-rpc-api local_llm_model_path=builtin llm_fallback=local serve=none "state_dir=$state/driver" \
    2>"$state/driver.log"; }
driver=$DRIVER_PID
exec {to}>&"${DRIVER[1]}" {from}<&"${DRIVER[0]}"
until IFS= read -r line <&"$from" && [ "$line" = ready ]; do :; done
for ((i = 0; i < 10; i++)); do ask; done

for ((round = 1; round <= rounds; round++)); do
    echo "round $round of $rounds: one hangs ..." >&2
    for _ in 1 2; do ask && measured usual "$(field millis)"; done
    kill -STOP "${server[1]}"
    for _ in 1 2; do ask && measured hung "$(field millis)"; done
    # What Consul took away and gives back counts as new.
    await_passing 1
    kill -CONT "${server[1]}"
    await_passing 2

    echo "round $round of $rounds: both hang until nobody lists them, and go on ..." >&2
    kill -STOP "${server[1]}" "${server[2]}"
    ask
    measured silent "$(field firstTextMillis)"
    await_passing 0
    kill -CONT "${server[1]}" "${server[2]}"
    ask_until_back awake
    await_passing 2

    echo "round $round of $rounds: one is killed, then the other, then one is started ..." >&2
    kill_server 1
    for _ in 1 2; do ask && measured killed "$(field millis)"; done
    kill_server 2
    ask
    measured gone "$(field firstTextMillis)"
    start_server 1
    ask_until_back back
    start_server 2
    await_passing 2
done

result failover.usual "${worst[usual]}" ms "a question with one tool call, all well, worst of $rounds"
result failover.killed "${worst[killed]}" ms 'one of two killed, the whole answer'
result failover.hung "${worst[hung]}" ms 'one of two hangs, the whole answer (one deadline, 1500 ms, and the answer)'
result failover.gone "${worst[gone]}" ms 'all remote ones killed, first text from the local model'
result failover.silent "${worst[silent]}" ms 'all remote ones hang, first text from the local model'
result failover.back "${worst[back]}" ms 'one was started again and listens, until it answers'
result failover.awake "${worst[awake]}" ms 'both go on after Consul had dropped them, until one answers'
