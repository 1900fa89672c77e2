# shellcheck shell=bash
# What the scripts around a node share: how its JVM is set, by tier, and where it writes. JAVA_OPTS comes after all of this on
# the command line, and so wins over it.

# Where a node writes unless its settings file says otherwise; the same rule as the program's.
state_dir() {
    if [ -n "${STATE_DIR:-}" ]; then
        printf '%s' "$STATE_DIR"
    elif [ "${DEPLOYMENT_MODE:-${NODE_ROLE:-monolith}}" = distributed ]; then
        printf /var/lib/pipecat
    else
        printf '%s' "${XDG_STATE_HOME:-${HOME:-/tmp}/.local/state}/pipecat"
    fi
}

# jvm_options TIER COMMAND JAVA_VERSION FOLDER_OF_JARS... puts them into the array `options`.
jvm_options() {
    local tier=$1 command=$2 java=$3
    shift 3
    options=(
        # No mapped statistics file in the temporary folder, which two users may share.
        -XX:-UsePerfData
        # Whichever jars are there: automatic modules bring in no others by themselves.
        --add-modules ALL-MODULE-PATH
        # An answer is one small write; waiting for more to send with it only delays it.
        -Dsun.net.httpserver.nodelay=true
    )
    case $tier in
        core)
            # Many clients at once, on many cores, for weeks: peak speed over start-up, and a heap that may use them.
            options+=(-XX:+UseG1GC -Xmx2g)
            ;;
        edge)
            options+=(
                # One collector thread and the smallest footprint.
                -XX:+UseSerialGC
                # Start-up over peak speed; the optimising compiler alone would cost 20 MB.
                -XX:TieredStopAtLevel=1
                # A conversation and the state of a house fit; more would only be collected later.
                -Xmx96m
                # A quarter of the default for each platform thread; parsers limit their depth.
                -Xss256k
            )
            ;;
        *)
            options+=(
                # One thread and the smallest footprint: the heap is small, the models lie outside it.
                -XX:+UseSerialGC
                # Start-up over peak speed: what is heavy runs in native code.
                -XX:TieredStopAtLevel=1
                # Half of the default, for each of the many platform threads; parsers limit their depth.
                -Xss512k
            )
            ;;
    esac
    if [ "$command" = tool-server ]; then
        # What a call leaves behind is garbage at once; left to itself, a busy server's young generation takes all it may.
        options+=(-Xmn16m)
    fi
    # llama runs models, jline reads single keys. A name that is not there would be warned about at each start.
    local native=org.jline.nativ folder jar
    for folder in "$@"; do
        for jar in "$folder"/llama-*.jar; do
            [ ! -e "$jar" ] || native=llama,$native
        done
    done
    options+=("--enable-native-access=$native")
    if [ "$java" -ge 25 ]; then
        # Smaller object headers, 5 to 10 % less heap.
        options+=(-XX:+UseCompactObjectHeaders)
    fi
}
