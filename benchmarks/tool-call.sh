#!/usr/bin/env bash
# Measures what a tool call costs: through the proxy over loopback, and in process.
#
#   usage: benchmarks/tool-call.sh [--quick] [URL KEY TOOL METHOD ARGUMENTS]
#
# Without arguments the server is the smallest that can be, so that the proxy's own share shows. With them a real one is called:
#   benchmarks/tool-call.sh http://127.0.0.1:8001 key calculator evaluate '{"expression": "1 + 1"}'
set -euo pipefail

# shellcheck source=benchmarks/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
options "$@"
if [ "${#arguments[@]}" -ne 0 ] && [ "${#arguments[@]}" -ne 5 ]; then
    say "$script: no arguments or five; see --help"
    exit 64
fi
build
classes=$(mktemp -d)
trap 'rm -rf "$classes"' EXIT
compile ToolCall.java "$classes"
calls=20000
[ -z "$quick" ] || calls=5000
# The JDK's server else waits for more to send, 40 ms for each answer.
"$JAVA_HOME/bin/java" -XX:+UseSerialGC -Dsun.net.httpserver.nodelay=true -cp "$lib/*:$classes" ToolCall "$calls" "${arguments[@]}"
