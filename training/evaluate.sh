#!/usr/bin/env bash
# Scores a GGUF with the node around it; see README.md.
#
#   usage: training/evaluate.sh FILE.gguf [SENTENCES.jsonl...]
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
root=$(dirname "$here")
model=$(realpath "${1:?usage: $0 FILE.gguf [SENTENCES.jsonl...]}")
shift
(($#)) || set -- "$here/known.jsonl" "$here/heldout.jsonl"
# Builds what is not up to date.
"$root/pipecat" --version >/dev/null
# shellcheck source=bin/setup.sh
. "$root/bin/setup.sh"
find_jdk
lib=${PIPECAT_LIB:-$root/pipecat-dist/target/quick/lib}
classes=$(mktemp -d)
trap 'rm -rf "$classes"' EXIT
"$JAVA_HOME/bin/javac" -parameters -d "$classes" -cp "$lib/*" "$here/Evaluate.java" "$here/Scores.java"
"$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -cp "$lib/*:$classes" Evaluate "$model" "$@"
