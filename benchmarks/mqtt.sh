#!/usr/bin/env bash
# Measures the MQTT link: messages a second, what is lost, processor time a message, and how soon it is back after a
# restart of the broker. Mosquitto, the publisher and the node share this machine; QoS 0, 500 topics.
#
#   usage: benchmarks/mqtt.sh [--quick] [SECONDS]   SECONDS: how long each load lasts (default 10, quick 1)
#
#   JAVA_OPTS   further options for the JVM that listens; they come last and so win over those of ./pipecat
set -euo pipefail

# shellcheck source=benchmarks/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
options "$@"
seconds=$(number 1 10 1)
needs mosquitto
build
warm_up=8 restarts=5
if [ -n "$quick" ]; then warm_up=1 restarts=1; fi

work=$(mktemp -d)
broker='' listener=''
cleanup() {
    [ -z "$listener" ] || kill "$listener" 2>/dev/null || true
    [ -z "$broker" ] || kill "$broker" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# The link alone is measured: no world model beside it.
class_path=$work/classes
for jar in "$lib"/*.jar; do
    case $jar in
        */pipecat-worldmodel-[0-9]*) ;;
        *) class_path+=:$jar ;;
    esac
done
mkdir "$work/classes"
"$JAVA_HOME/bin/javac" -d "$work/classes" -cp "$class_path" "$root/benchmarks/MqttLoad.java"
java_options=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xss512k --sun-misc-unsafe-memory-access=allow)

start_broker() {
    mosquitto -c "$work/mosquitto.conf" >"$work/mosquitto.log" 2>&1 &
    broker=$!
}
for ((try = 0; try < 20; try++)); do
    port=$((20000 + RANDOM % 20000))
    printf 'listener %s 127.0.0.1\nallow_anonymous true\n' "$port" >"$work/mosquitto.conf"
    start_broker
    sleep 0.3
    kill -0 "$broker" 2>/dev/null && break
    broker=''
done
[ -n "$broker" ] || { cat "$work/mosquitto.log" >&2; exit 1; }

# Reads lines of the listener until one begins with this word; the rest of that is the answer.
heard() {
    local word rest
    while read -r -t 120 word rest <&"${LISTENER[0]}"; do
        if [ "$word" = "$1" ]; then
            answer=$rest
            return
        fi
    done
    echo "the listener does not say '$1'" >&2
    exit 1
}
start_listener() { # version
    # shellcheck disable=SC2086
    coproc LISTENER { exec "$JAVA_HOME/bin/java" "${java_options[@]}" ${JAVA_OPTS:-} -Dslf4j.internal.verbosity=ERROR \
        -cp "$class_path" MqttLoad listen "$port" "$1" "$work/state" 2>"$work/listener.err"; }
    listener=$LISTENER_PID
    to_listener=${LISTENER[1]}
    heard up
}
stop_listener() {
    exec {to_listener}>&-
    heard dropped
    dropped=$answer
    wait "$listener" 2>/dev/null || true
    listener=''
}
publish() { # messages a second, seconds
    "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx64m -cp "$class_path" MqttLoad publish "$port" "$1" "$2"
    heard load
}

# A publisher that is asked for a rate stays a little below it.
for version in 5 3.1.1; do
    for rate in 50000 100000; do
        start_listener "$version"
        # What is compiled now is not compiled while it is measured.
        publish "$((rate + rate / 50))" "$warm_up"
        publish "$((rate + rate / 50))" "$seconds"
        read -r reached total lost cpu <<<"$answer"
        stop_listener
        result "mqtt.sent-$rate.v$version" "$reached" 1/s "MQTT $version, messages a second for $seconds s"
        result "mqtt.lost-$rate.v$version" "$lost" '' "of these $total, lost on the way"
        result "mqtt.dropped-$rate.v$version" "$dropped" '' 'dropped by the link, counted; with the warm-up'
        result "mqtt.cpu-$rate.v$version" "$cpu" µs 'processor time of one'
    done
done

start_listener auto
worst=0
for ((round = 0; round < restarts; round++)); do
    # A connection that ends within five seconds is taken for one that a namesake ended, and tried again more slowly.
    sleep 6
    kill "$broker"
    wait "$broker" 2>/dev/null || true
    heard down
    begin=$(date +%s%3N)
    start_broker
    heard up
    took=$((answer - begin))
    [ "$took" -le "$worst" ] || worst=$took
done
stop_listener
result mqtt.broker-restart "$worst" ms "start of the broker after a stop, to the confirmed subscription, worst of $restarts"
