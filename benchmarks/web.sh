#!/usr/bin/env bash
# Measures the web listener of a node: streaming chats at the same time, each with a tab of its own; how long a first token takes
# from the model to the browser; what an idle tab costs; how much a browser loads at first. The model is a service on loopback that
# streams at a steady rate, in one process with the load generator. Prints a Markdown table.
#
#   usage: benchmarks/web.sh [CHATS] [SECONDS]   CHATS: at the same time (default 200); SECONDS: how long idleness is measured
#                                                (default 60)
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
chats=${1:-200}
seconds=${2:-60}
case $chats$seconds in
    *[!0-9]* | 0*)
        echo "usage: $0 [CHATS] [SECONDS]   (numbers greater than 0)" >&2
        exit 2
        ;;
esac
# shellcheck source=bin/setup.sh
. "$root/bin/setup.sh"
find_jdk
work=$(mktemp -d)
node=''
load=''
cleanup() {
    [ -z "$node" ] || kill "$node" 2>/dev/null || true
    [ -z "$load" ] || kill "$load" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
"$root/pipecat" --version >/dev/null
lib=${PIPECAT_LIB:-$root/pipecat-dist/target/quick/lib}
"$JAVA_HOME/bin/javac" -proc:none --release 21 -Xlint:none -cp "$lib/*" -d "$work" "$root/benchmarks/WebLoad.java"
files=$("$JAVA_HOME/bin/jar" tf "$lib"/pipecat-endpoint-web-*.jar |
    sed -n 's#^io/pipecat/endpoint/web/ui/\(.*[^/]\)$#\1#p' | tr '\n' ' ')

mkfifo "$work/in" "$work/out"
"$JAVA_HOME/bin/java" -cp "$work:$lib/*" WebLoad "$chats" "$seconds" "$files" <"$work/in" >"$work/out" &
load=$!
exec 3>"$work/in" 4<"$work/out"
read -r model <&4
STATE_DIR=$work/state WEB_PORT=0 WEB_RATE_LIMIT=0 ACCESS_LOG=false LLAMA_API_URL_OVERRIDE=$model \
    "$root/pipecat" >"$work/log" 2>&1 &
node=$!
for _ in $(seq 300); do
    grep -q '^pipecat is ready' "$work/log" && break
    sleep 0.1
done
url=$(sed -n 's/^pipecat is ready: //p' "$work/log")
if [ -z "$url" ]; then
    echo "the node did not start:" >&2
    cat "$work/log" >&2
    exit 1
fi
cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
echo "| measured by \`benchmarks/web.sh $chats $seconds\` | |"
echo "| --- | --- |"
echo "| machine | $cpu, $(nproc) cores; load average before $(cut -d ' ' -f 1 /proc/loadavg) |"
printf '%s\n%s\n' "$url" "$node" >&3
cat <&4
wait "$load"
load=''
echo "| resident memory of the node at the end | $(($(sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$node/status") / 1024)) MB |"
