#!/usr/bin/env bash
# Measures what the world model in this process costs, without a broker: memory a topic, processor time a message, what a kill
# loses. Prints a Markdown table.
#
#   usage: benchmarks/world-model-memory.sh [KILLS]
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
kills=${1:-20}
# Builds what is not up to date.
"$root/pipecat" --version >/dev/null
# shellcheck source=bin/setup.sh
. "$root/bin/setup.sh"
find_jdk
lib=${PIPECAT_LIB:-$root/pipecat-dist/target/quick/lib}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/classes" "$work/messages" "$work/kill"
"$JAVA_HOME/bin/javac" -d "$work/classes" -cp "$lib/*" "$root/benchmarks/WorldModelMemory.java"
echo "| measured by \`benchmarks/world-model-memory.sh $kills\` | |"
echo '| --- | --- |'
echo "| machine | $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), $(nproc) cores; load average $(cut -d' ' -f1-3 /proc/loadavg) |"
cd "$work"
"$JAVA_HOME/bin/java" -Xmx1g -XX:+UseSerialGC -cp "$lib/*:$work/classes" WorldModelMemory messages "$work/messages"
"$JAVA_HOME/bin/java" -XX:+UseSerialGC -cp "$lib/*:$work/classes" WorldModelMemory kill "$work/kill" "$kills"
