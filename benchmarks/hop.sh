#!/usr/bin/env bash
# Measures what a hop costs: the same turns in a monolith, and in an edge node that has its language model and its tools from a core
# node on the same machine, over loopback. The difference is the price of two nodes; a real network adds its own round trips.
#
#   usage: benchmarks/hop.sh [--quick] [TIMES]    TIMES: how many turns of each kind (default 200, quick 20)
set -euo pipefail

# shellcheck source=benchmarks/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
options "$@"
times=$(number 1 200 20)
needs curl
build
work=$(mktemp -d)
core=''
cleanup() {
    [ -z "$core" ] || kill "$core" 2>/dev/null || true
    [ -z "$core" ] || wait "$core" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
compile Hop.java "$work"
java=("$JAVA_HOME/bin/java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED "-Djava.io.tmpdir=$work" -cp "$lib/*:$work" Hop "$times")

say "a monolith ..."
"${java[@]}" >"$work/monolith"
cat "$work/monolith"

say "an edge node and a core ..."
key=hop
# Without a cluster around it, so that nothing but the hop is measured.
NODE_TIER=core SERVE=llm,tools LLM_PORT=0 TOOL_SERVER_PORT=0 LLAMA_API_KEY=$key TOOL_SERVER_API_KEY=$key TOOL_SERVER_RATE_LIMIT=0 \
    ACCESS_LOG=false STATE_DIR=$work/core PIPECAT_LIB=$lib "$root/pipecat" serve >"$work/log" 2>&1 &
core=$!
for ((i = 0; i < 1800; i++)); do
    grep -q Ready "$work/log" && break
    kill -0 "$core" 2>/dev/null || break
    sleep 0.1
done
mapfile -t urls < <(sed -n 's/.*Listening on \(http[^ ]*\).*/\1/p' "$work/log")
if [ "${#urls[@]}" -ne 2 ]; then
    cat "$work/log" >&2
    exit 1
fi
model=${urls[0]%/} tools=${urls[1]%/}
if ! curl -sf -o /dev/null -H "Authorization: Bearer $key" "$model/v1/models"; then
    model=${urls[1]%/} tools=${urls[0]%/}
fi
"${java[@]}" "$model" "$tools" "$key" >"$work/edge"
cat "$work/edge"
served=$(curl -sf "$tools/metrics" | awk '/^pipecat_http_requests_total.*route="\/run_tool\/".*status="200"/ { print $2 }' || true)
if [ "${served:-0}" -lt "$times" ]; then
    say "the core has run ${served:-no} tool calls of $times: what was measured is no hop"
    exit 1
fi

value() { awk -F '\t' -v name="$2" '$2 == name { print $3 }' "$1"; }
added() { # kind, what
    result "hop.$1-added" "$(awk -v a="$(value "$work/monolith" "hop.$1-monolith")" -v b="$(value "$work/edge" "hop.$1-edge")" \
        'BEGIN { printf "%.3f", b - a }')" ms "the hop adds to $2"
}
added plain 'a greeting (one request)'
added tool 'a sum (two requests and a remote tool call)'
