#!/usr/bin/env bash
# Asks a node on this machine whether it is well: exit code 0 if everything that it serves says so. It finds the addresses in
# STATE_DIR/run/listening, which is there while the node is ready.
set -euo pipefail

home=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
# shellcheck source=pipecat-dist/runtimes/src/files/conf/node.sh
. "$home/conf/node.sh"

listening=$(state_dir)/run/listening
if [ ! -e "$listening" ]; then
    echo "not ready: there is no $listening"
    exit 1
fi
code=0
while IFS= read -r address; do
    rest=${address#*://}
    rest=${rest%%/*}
    port=${rest##*:}
    host=${rest%:*}
    host=${host#[}
    # shellcheck disable=SC2016
    answer=$(timeout 5 bash -c '
        exec 3<>"/dev/tcp/$1/$2" || exit 1
        case $3 in
            http://*)
                printf "GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n" >&3
                head -n 1 <&3
                ;;
            # What does not speak plain HTTP is well if it takes the connection.
            *) echo "connected 200" ;;
        esac' _ "${host%]}" "$port" "$address" 2>/dev/null) || answer='no answer'
    case $answer in
        *' 200'*) echo "$address: well" ;;
        *)
            echo "$address: ${answer//$'\r'/}"
            code=1
            ;;
    esac
done <"$listening"
exit "$code"
