#!/usr/bin/env bash
# Measures the web UI in Chromium: how much is loaded first, how soon it can be used, how soon a token is seen, and what an idle
# tab costs the node.
#
#   usage: benchmarks/ui.sh [--quick] [SECONDS]   SECONDS: for how long idleness is measured (default 60, quick 5)
set -euo pipefail

# shellcheck source=benchmarks/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
options "$@"
seconds=$(number 1 60 5)
runs=20
[ -z "$quick" ] || runs=3
needs chromium node:nodejs
"$root/bin/browser-parts" >&2
build
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
PIPECAT_LIB=$lib SERVE=web WEB_PORT=0 STATE_DIR=$work/state "$root/pipecat" serve >"$work/log" 2>&1 &
node=$!
for ((i = 0; i < 1800; i++)); do
    grep -q Ready "$work/log" && break
    sleep 0.1
done
url=$(sed -n 's/.*Listening on \(http[^ ]*\).*/\1/p' "$work/log" | tail -n 1)
if [ -z "$url" ]; then
    cat "$work/log" >&2
    exit 1
fi
node "$root/benchmarks/ui.mjs" "$root/target/browser-parts/node_modules/playwright-core/index.mjs" "$url/" "$node" "$seconds" "$runs"
