#!/usr/bin/env bash
# Measures the web listener of a node: streaming chats at the same time, each with a tab of its own; how long a first token takes
# from the model to the browser; what an idle tab costs; how much a browser loads at first. The model is a service on loopback that
# streams at a steady rate, in one process with the load generator.
#
#   usage: benchmarks/web.sh [--quick] [CHATS] [SECONDS]   CHATS: at the same time (default 200); SECONDS: how long idleness is
#                                                          measured (default 60, quick 5)
set -euo pipefail

# shellcheck source=benchmarks/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
options "$@"
chats=$(number 1 200 200)
seconds=$(number 2 60 5)
rounds=3
[ -z "$quick" ] || rounds=1
build
work=$(mktemp -d)
node=''
load=''
cleanup() {
    [ -z "$node" ] || kill "$node" 2>/dev/null || true
    [ -z "$load" ] || kill "$load" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
compile WebLoad.java "$work"
files=$("$JAVA_HOME/bin/jar" tf "$lib"/pipecat-endpoint-web-*.jar |
    sed -n 's#^io/pipecat/endpoint/web/ui/\(.*[^/]\)$#\1#p' | tr '\n' ' ')

mkfifo "$work/in" "$work/out"
"$JAVA_HOME/bin/java" -cp "$work:$lib/*" WebLoad "$chats" "$seconds" "$files" "$rounds" <"$work/in" >"$work/out" &
load=$!
exec 3>"$work/in" 4<"$work/out"
read -r model <&4
STATE_DIR=$work/state WEB_PORT=0 WEB_RATE_LIMIT=0 ACCESS_LOG=false LLAMA_API_URL_OVERRIDE=$model \
    "$root/pipecat" >"$work/log" 2>&1 &
node=$!
for _ in $(seq 1800); do
    grep -q '^pipecat is ready' "$work/log" && break
    sleep 0.1
done
url=$(sed -n 's/^pipecat is ready: //p' "$work/log")
if [ -z "$url" ]; then
    echo "the node did not start:" >&2
    cat "$work/log" >&2
    exit 1
fi
printf '%s\n%s\n' "$url" "$node" >&3
cat <&4
wait "$load"
load=''
result web.memory "$(resident_mb "$node")" MB 'resident memory of the node at the end'
