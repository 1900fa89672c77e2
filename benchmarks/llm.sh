#!/usr/bin/env bash
# Measures the built-in language model: first token and tokens a second in process, on one core and on all, through the
# OpenAI-compatible endpoint of a node, and in llama.cpp's own server where one is installed; what its work does to other work, and
# how soon an interrupted call ends.
#
#   usage: benchmarks/llm.sh [--quick] [TIMES]    TIMES: how many responses each (default 200, quick 20)
#
#   LLAMA_SERVER   llama.cpp's own server, if it is not the llama-server of PATH. Debian has no package of it.
set -euo pipefail

# shellcheck source=benchmarks/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
options "$@"
times=$(number 1 200 20)
needs taskset:util-linux curl
build
work=$(mktemp -d)
server=''
cleanup() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ -z "$server" ] || wait "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
compile LanguageModel.java "$work"
java=("$JAVA_HOME/bin/java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED "-Djava.io.tmpdir=$work" "-Dtimes=$times" -cp "$lib/*:$work" LanguageModel)

say "on one core ..."
core=$(($(nproc) - 1))
taskset -c "$core" "${java[@]}" process llm.first-token llm.rate 'in process on one core' agent
say "in process ..."
"${java[@]}" process llm.in-process-first-token llm.in-process-rate 'in process' beside
"${java[@]}" interrupt

say "through the OpenAI-compatible endpoint ..."
SERVE=llm LLM_PORT=0 ACCESS_LOG=false STATE_DIR=$work/state PIPECAT_LIB=$lib "$root/pipecat" serve >"$work/log" 2>&1 &
server=$!
for ((i = 0; i < 1800; i++)); do
    grep -q Ready "$work/log" && break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
done
url=$(sed -n 's/.*Listening on \(http[^ ]*\).*/\1/p' "$work/log" | tail -n 1)
if [ -z "$url" ]; then
    cat "$work/log" >&2
    exit 1
fi
"${java[@]}" client llm.v1-first-token llm.v1-rate 'over /v1' "${url%/}"
kill "$server"
wait "$server" 2>/dev/null || true
server=''

llama=${LLAMA_SERVER:-$(command -v llama-server || true)}
if [ -z "$llama" ]; then
    note "llama.cpp's own server was not measured: there is no llama-server on PATH (Debian has no package of it; LLAMA_SERVER names one that was built)."
    exit 0
fi
say "in llama.cpp's own server ..."
model=$(cd "$work" && "$JAVA_HOME/bin/jar" tf "$lib"/pipecat-model-builtin-*.jar | grep '\.gguf$')
(cd "$work" && "$JAVA_HOME/bin/jar" xf "$lib"/pipecat-model-builtin-*.jar "$model")
for ((try = 0; try < 20; try++)); do
    port=$((20000 + RANDOM % 20000))
    "$llama" --model "$work/$model" --host 127.0.0.1 --port "$port" --threads 1 --parallel 2 >"$work/llama.log" 2>&1 &
    server=$!
    for ((i = 0; i < 600; i++)); do
        curl -sf -o /dev/null "http://127.0.0.1:$port/health" && break 2
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=''
done
if [ -z "$server" ]; then
    tail -n 5 "$work/llama.log" >&2
    exit 1
fi
"${java[@]}" client llm.llama-server-first-token llm.llama-server-rate "in llama.cpp's own server" "http://127.0.0.1:$port"
