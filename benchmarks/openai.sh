#!/usr/bin/env bash
# Measures what serving the language model at /v1 adds to it: time to the first token, processor time a streamed token.
# The tokens come from a source that gives them at once, so that the endpoint's own share shows, and from
# the built-in model, in process and over loopback. Those who read them in bulk do so in a process of their own.
#
#   usage: benchmarks/openai.sh [--quick]
set -euo pipefail

# shellcheck source=benchmarks/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
options "$@"
build
classes=$(mktemp -d)
trap 'rm -rf "$classes"' EXIT
compile OpenAIServing.java "$classes"
"$JAVA_HOME/bin/java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED ${quick:+-Dquick=true} -cp "$lib/*:$classes" OpenAIServing
