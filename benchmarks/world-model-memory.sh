#!/usr/bin/env bash
# Measures what the world model in this process costs, without a broker: memory a topic, processor time a message, what a kill
# loses.
#
#   usage: benchmarks/world-model-memory.sh [--quick] [KILLS]   KILLS: how often a process is killed (default 20, quick 3)
set -euo pipefail

# shellcheck source=benchmarks/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
options "$@"
kills=$(number 1 20 3)
build
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/classes" "$work/messages" "$work/kill"
compile WorldModelMemory.java "$work/classes"
cd "$work"
"$JAVA_HOME/bin/java" -Xmx1g -XX:+UseSerialGC ${quick:+-Dquick=true} -cp "$lib/*:$work/classes" WorldModelMemory messages "$work/messages"
"$JAVA_HOME/bin/java" -XX:+UseSerialGC -cp "$lib/*:$work/classes" WorldModelMemory kill "$work/kill" "$kills"
