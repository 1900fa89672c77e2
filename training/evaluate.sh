#!/usr/bin/env bash
# Scores a GGUF with the node's checks around it, as the build does with the one it carries; see README.md.
set -euo pipefail

if (($# == 0)) || [[ $1 == --help ]]; then
    echo "Usage: training/evaluate.sh FILE.gguf [--misses] [--dev]" >&2
    echo "  --misses  print what was not right; --dev  score dev.jsonl in the place of heldout.jsonl" >&2
    exit 64
fi
model=$(realpath "$1")
misses=false
heldout=heldout.jsonl
for option in "${@:2}"; do
    case $option in
        --misses) misses=true ;;
        --dev) heldout=dev.jsonl ;;
        *)
            echo "training/evaluate.sh: unknown option '$option'" >&2
            exit 64
            ;;
    esac
done
cd "$(dirname "${BASH_SOURCE[0]}")/.."
./mvnw -B -q -pl pipecat-llm-local -am test -Dtest=BuiltinModelEvaluationTest -Dsurefire.failIfNoSpecifiedTests=false \
    -Dpipecat.model="$model" -Dpipecat.misses="$misses" -Dpipecat.heldout="$heldout"
