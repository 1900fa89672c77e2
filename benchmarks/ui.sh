#!/usr/bin/env bash
# Measures the web UI in Chromium: how much is loaded first, how soon it can be used, how soon a token is seen, and what an idle tab costs the node. Prints a Markdown table.
#
#   usage: benchmarks/ui.sh [SECONDS]      SECONDS: for how long idleness is measured (default 60)
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
seconds=${1:-60}
case $seconds in
    '' | *[!0-9]* | 0)
        echo "usage: $0 [SECONDS]   (a number greater than 0, not '$seconds')" >&2
        exit 2
        ;;
esac
if ! command -v chromium >/dev/null; then
    echo "$0 needs chromium (Debian package chromium)" >&2
    exit 69
fi
"$root/bin/browser-parts"
# Builds what is not up to date.
"$root/pipecat" --version >/dev/null
work=$(mktemp -d)
node=''
cleanup() {
    if [ -n "$node" ]; then
        kill "$node" 2>/dev/null || true
        wait "$node" 2>/dev/null || true
    fi
    rm -rf "$work"
}
trap cleanup EXIT
PIPECAT_LIB=${PIPECAT_LIB:-$root/pipecat-dist/target/quick/lib} SERVE=web WEB_PORT=0 STATE_DIR=$work/state "$root/pipecat" serve >"$work/log" 2>&1 &
node=$!
for ((i = 0; i < 600; i++)); do
    grep -q Ready "$work/log" && break
    sleep 0.1
done
url=$(sed -n 's/.*Listening on \(http[^ ]*\).*/\1/p' "$work/log" | tail -n 1)
if [ -z "$url" ]; then
    cat "$work/log" >&2
    exit 1
fi
load=$(cut -d ' ' -f 1-3 /proc/loadavg)
echo "| measured by \`benchmarks/ui.sh $seconds\` | | target |"
echo '| --- | --- | --- |'
echo "| machine | $(nproc) cores; load average $load | |"
node "$root/benchmarks/ui.mjs" "$root/target/browser-parts/node_modules/playwright-core/index.mjs" "$url/" "$node" "$seconds"
