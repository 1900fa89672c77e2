#!/usr/bin/env bash
# Measures the runtimes as an operator unpacks them: size, start to the first healthy answer with and without the AOT cache, and
# resident memory, idle and over a thousand turns. The edge runtime has no model: a stand-in on loopback answers each turn.
#
#   usage: benchmarks/runtimes.sh [--quick] [RUNS]   RUNS: how often each start is measured (default 11, quick 1); the median is told
#
# Build first: ./mvnw -DskipTests -pl pipecat-dist/runtimes -am package
set -euo pipefail

# shellcheck source=benchmarks/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
options "$@"
runs=$(number 1 11 1)
turns=1000
[ -z "$quick" ] || turns=200
needs python3
built=$root/pipecat-dist/runtimes/target
if ! compgen -G "$built/pipecat-edge-*.tar.gz" >/dev/null; then
    say "$script: there are no runtimes in pipecat-dist/runtimes/target; build them first (see --help)"
    exit "$EX_UNAVAILABLE"
fi

folder=$(mktemp -d)
node='' model=''
cleanup() {
    [ -z "$node" ] || kill "$node" 2>/dev/null || true
    [ -z "$model" ] || kill "$model" 2>/dev/null || true
    rm -rf "$folder"
}
trap cleanup EXIT

megabytes() { awk -v bytes="$1" 'BEGIN { printf "%.1f", bytes / 1e6 }'; }
bytes_of() { du --apparent-size --summarize --block-size=1 "$1" | cut -f 1; }
# A moment, without starting a process for it.
moment() { read -r -t 0.005 <>"$folder/silence" || true; }
mkfifo "$folder/silence"

python3 - "$folder/port" <<'PYTHON' &
import http.server, sys
ANSWER = (b'data: {"choices":[{"delta":{"content":"Yes."},"finish_reason":"stop"}]}\n\n' b'data: [DONE]\n\n')
class Model(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    # Head and body in one packet: in two, the second would wait 40 ms for the first to be acknowledged.
    wbufsize = 65536
    def answer(self, kind, body):
        self.send_response(200)
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def do_GET(self):
        self.answer('application/json', b'{"data":[{"id":"stand-in"}]}')
    def do_POST(self):
        self.rfile.read(int(self.headers['Content-Length']))
        self.answer('text/event-stream', ANSWER)
    def log_message(self, *ignored):
        pass
server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Model)
with open(sys.argv[1] + '.new', 'w') as file:
    file.write(str(server.server_address[1]))
import os
os.rename(sys.argv[1] + '.new', sys.argv[1])
server.serve_forever()
PYTHON
model=$!
until [ -s "$folder/port" ]; do moment; done

# Asks an address, without starting a process for it.
healthy() {
    local port=${1##*:} status
    exec 3<>"/dev/tcp/127.0.0.1/${port%/}"
    printf 'GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
    IFS= read -r status <&3
    exec 3>&-
    case $status in
        *' 200'*) ;;
        *)
            echo "not healthy: $status" >&2
            exit 1
            ;;
    esac
}

# Starts the node in $home; sets started to the microseconds until it first answers /health, and idle to what it takes three seconds on.
start_once() {
    local begin end address
    rm -f "$STATE_DIR/run/listening"
    begin=$(now_us)
    SERVE=tools TOOL_SERVER_PORT=0 TOOL_SERVER_API_KEY=key "$home/bin/pipecat" serve >"$folder/serve.log" 2>&1 &
    node=$!
    until [ -s "$STATE_DIR/run/listening" ]; do
        kill -0 "$node" 2>/dev/null || {
            cat "$folder/serve.log" >&2
            exit 1
        }
        moment
    done
    IFS= read -r address <"$STATE_DIR/run/listening"
    healthy "$address"
    end=$(now_us)
    started=$((end - begin))
    read -r -t 3 <>"$folder/silence" || true
    idle=$(resident_kb "$node")
    begin=$(now_us)
    kill "$node"
    wait "$node" 2>/dev/null || true
    stopped=$(($(now_us) - begin))
    node=''
}

starts() {
    local i all='' idles='' stops=''
    for ((i = 0; i < runs; i++)); do
        start_once
        all+=$started$'\n'
        idles+=$idle$'\n'
        stops+=$stopped$'\n'
    done
    start_us=$(printf %s "$all" | median)
    idle_kb=$(printf %s "$idles" | median)
    stop_us=$(printf %s "$stops" | median)
}

# Sets fresh and worn to the resident kilobytes after ten and after all turns.
converse() {
    local i to_chat answer
    coproc CHAT { exec "$home/bin/pipecat" chat 2>/dev/null; }
    node=$CHAT_PID
    to_chat=${CHAT[1]}
    for ((i = 1; i <= turns; i++)); do
        printf 'Is %s a number?\n' "$i" >&"${CHAT[1]}"
        IFS= read -r answer <&"${CHAT[0]}"
        [ "$answer" = Yes. ] || {
            echo "wrong answer: $answer" >&2
            exit 1
        }
        [ "$i" -ne 10 ] || fresh=$(resident_kb "$node")
    done
    worn=$(resident_kb "$node")
    exec {to_chat}>&-
    wait "$node" 2>/dev/null || true
    node=''
}

for tier in edge mid core; do
    archive=$(compgen -G "$built/pipecat-$tier-*.tar.gz")
    mkdir -p "$folder/$tier"
    tar -xzf "$archive" -C "$folder/$tier" --strip-components 1
    home=$folder/$tier
    export STATE_DIR=$folder/state-$tier LLM_MODEL=stand-in
    LLAMA_API_URL_OVERRIDE=http://127.0.0.1:$(cat "$folder/port")/v1
    export LLAMA_API_URL_OVERRIDE
    mkdir -p "$STATE_DIR"
    echo "measuring $tier without a cache ..." >&2
    starts
    plain_us=$start_us plain_idle=$idle_kb
    echo "measuring $tier with a cache ..." >&2
    "$home/bin/pipecat" aot >"$folder/aot.log" 2>&1 || {
        cat "$folder/aot.log" >&2
        exit 1
    }
    cache=$(find "$STATE_DIR/aot" -name '*.aot' -printf '%s\n')
    starts
    echo "measuring $turns turns on $tier ..." >&2
    converse
    result "runtimes.archive.$tier" "$(megabytes "$(stat -c %s "$archive")")" MB "$tier archive"
    result "runtimes.unpacked.$tier" "$(megabytes "$(bytes_of "$home")")" MB "$tier unpacked"
    result "runtimes.cache.$tier" "$(megabytes "$cache")" MB "AOT cache of $tier"
    result "runtimes.start.$tier" "$(ms "$plain_us")" ms "$tier, start to first healthy answer, plain"
    result "runtimes.start-cached.$tier" "$(ms "$start_us")" ms "$tier, the same with the cache"
    result "runtimes.speedup.$tier" "$(awk -v us="$start_us" -v plain="$plain_us" 'BEGIN { printf "%.2f", plain / us }')" times \
        "$tier, faster with the cache"
    result "runtimes.stop.$tier" "$(ms "$stop_us")" ms "$tier, SIGTERM to the end"
    result "runtimes.idle.$tier" "$(megabytes $((plain_idle * 1024)))" MB "$tier, resident, idle, plain"
    result "runtimes.idle-cached.$tier" "$(megabytes $((idle_kb * 1024)))" MB "$tier, resident, idle, with the cache"
    result "runtimes.growth.$tier" "$(megabytes $(((worn - fresh) * 1024)))" MB "$tier, growth from turn 10 to turn $turns"
done
