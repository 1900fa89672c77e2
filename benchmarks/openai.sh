#!/usr/bin/env bash
# Measures what serving the language model at /v1 adds to it: time to the first token, processor time a streamed token. Prints
# a Markdown table. The tokens come from a source that gives them at once, so that the endpoint's own share shows, and from
# the built-in model, in process and over loopback. Those who read them in bulk do so in a process of their own.
#
#   usage: benchmarks/openai.sh
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
if [ $# -ne 0 ]; then
    echo "usage: $0" >&2
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
"$JAVA_HOME/bin/javac" -proc:none -Xlint:none -d "$classes" -cp "$lib/*" "$root/benchmarks/OpenAIServing.java"
load=$(cut -d' ' -f1-3 /proc/loadavg)
# shellcheck disable=SC2016 # a Markdown code span, not a command
echo '| measured by `benchmarks/openai.sh` | | target |'
echo '| --- | --- | --- |'
echo "| machine | $(nproc) cores; load average before $load | |"
"$JAVA_HOME/bin/java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -cp "$lib/*:$classes" OpenAIServing
