#!/usr/bin/env bash
# Measures what discovery costs with a real Consul: a lookup, idle watches, and how soon a change is seen. Prints a Markdown table.
#
#   usage: benchmarks/discovery.sh [SECONDS]      SECONDS: for how long idleness is measured (default 60)
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
seconds=${1:-60}
case $seconds in
    '' | *[!0-9]* | 0)
        echo "usage: $0 [SECONDS]   (a number greater than 0, not '$seconds')" >&2
        exit 2
        ;;
esac
if ! command -v consul >/dev/null; then
    echo "$0 needs consul; bin/consul-source says where Debian has it" >&2
    exit 69
fi
# Builds what is not up to date.
"$root/pipecat" --version >/dev/null
# shellcheck source=bin/setup.sh
. "$root/bin/setup.sh"
find_jdk
lib=${PIPECAT_LIB:-$root/pipecat-dist/target/quick/lib}
work=$(mktemp -d)
agent=''
cleanup() {
    [ -z "$agent" ] || kill "$agent" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
base=$((20000 + RANDOM % 10000))
consul agent -dev -bind 127.0.0.1 -client 127.0.0.1 -disable-host-node-id -log-level warn \
    -hcl "ports { http = $base, grpc = -1, dns = -1, serf_wan = -1, serf_lan = $((base + 1)), server = $((base + 2)) }" \
    >"$work/consul.log" 2>&1 &
agent=$!
for ((i = 0; i < 100; i++)); do
    [ "$(curl -s "http://127.0.0.1:$base/v1/status/leader")" = '"127.0.0.1:'$((base + 2))'"' ] && break
    sleep 0.1
done
"$JAVA_HOME/bin/javac" -d "$work" -cp "$lib/*" "$root/benchmarks/Discovery.java"
load=$(cut -d ' ' -f 1-3 /proc/loadavg)
echo "| measured by \`benchmarks/discovery.sh $seconds\` | | target |"
echo '| --- | --- | --- |'
echo "| machine | $(nproc) cores; load average $load | |"
"$JAVA_HOME/bin/java" -XX:+UseSerialGC "-Djava.io.tmpdir=$work" -cp "$lib/*:$work" Discovery "http://127.0.0.1:$base" "$agent" "$seconds"
