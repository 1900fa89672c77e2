#!/usr/bin/env bash
# Measures how soon the built-in model begins and how fast it goes on, in process, one request at a time. Prints a Markdown table.
#
#   usage: benchmarks/builtin-model.sh
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
# Builds what is not up to date.
"$root/pipecat" --version >/dev/null
# shellcheck source=bin/setup.sh
. "$root/bin/setup.sh"
find_jdk
lib=${PIPECAT_LIB:-$root/pipecat-dist/target/quick/lib}
classes=$(mktemp -d)
trap 'rm -rf "$classes"' EXIT
"$JAVA_HOME/bin/javac" -parameters -d "$classes" -cp "$lib/*" "$root/benchmarks/BuiltinModel.java"
"$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -cp "$lib/*:$classes" BuiltinModel
