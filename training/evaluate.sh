#!/usr/bin/env bash
# Scores a GGUF with the node's checks around it, as the build does with the one it carries; see README.md.
set -euo pipefail

if (($# == 0)) || [[ $1 == --help ]]; then
    echo "Usage: training/evaluate.sh FILE.gguf [--misses]" >&2
    exit 64
fi
model=$(realpath "$1")
misses=false
[[ ${2:-} != --misses ]] || misses=true
cd "$(dirname "${BASH_SOURCE[0]}")/.."
./mvnw -B -q -pl pipecat-llm-local -am test -Dtest=BuiltinModelEvaluationTest -Dsurefire.failIfNoSpecifiedTests=false \
    -Dpipecat.model="$model" -Dpipecat.misses="$misses"
