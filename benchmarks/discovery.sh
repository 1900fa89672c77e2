#!/usr/bin/env bash
# Measures what discovery costs with a real Consul: a lookup, idle watches, and how soon a change is seen.
#
#   usage: benchmarks/discovery.sh [--quick] [SECONDS]   SECONDS: for how long idleness is measured (default 60, quick 5)
set -euo pipefail

# shellcheck source=benchmarks/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
options "$@"
seconds=$(number 1 60 5)
needs consul curl
build
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
compile Discovery.java "$work"
"$JAVA_HOME/bin/java" -XX:+UseSerialGC "-Djava.io.tmpdir=$work" -cp "$lib/*:$work" Discovery "http://127.0.0.1:$base" "$agent" "$seconds"
