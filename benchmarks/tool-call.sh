#!/usr/bin/env bash
# Measures what a tool call costs: through the proxy over loopback, and in process. Prints a Markdown table.
#
#   usage: benchmarks/tool-call.sh [URL KEY TOOL METHOD ARGUMENTS]
#
# Without arguments the server is the smallest that can be, so that the proxy's own share shows. With them a real one is called:
#   benchmarks/tool-call.sh http://127.0.0.1:8001 key calculator evaluate '{"expression": "1 + 1"}'
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
if [ $# -ne 0 ] && [ $# -ne 5 ]; then
    echo "usage: $0 [URL KEY TOOL METHOD ARGUMENTS]" >&2
    exit 2
fi
# Builds what is not up to date.
"$root/pipecat" --version >/dev/null
# shellcheck source=bin/setup.sh
. "$root/bin/setup.sh"
find_jdk
lib=${PIPECAT_LIB:-$root/pipecat-dist/target/quick/lib}
classes=$(mktemp -d)
trap 'rm -rf "$classes"' EXIT
"$JAVA_HOME/bin/javac" -parameters -d "$classes" -cp "$lib/*" "$root/benchmarks/ToolCall.java"
echo '| what | median | p99 |'
echo '| --- | --- | --- |'
# The JDK's server else waits for more to send, 40 ms for each answer.
"$JAVA_HOME/bin/java" -XX:+UseSerialGC -Dsun.net.httpserver.nodelay=true -cp "$lib/*:$classes" ToolCall "$@"
