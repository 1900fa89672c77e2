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

# jvm_options TIER JAVA_VERSION FOLDERS_OF_JARS ARGUMENT... puts them into the array `options`. The folders are one word, parted
# by ':'; the arguments are the program's.
jvm_options() {
    local tier=$1 java=$2 folders=$3
    shift 3
    options=(
        # No mapped statistics file in the temporary folder, which two users may share.
        -XX:-UsePerfData
        # Whichever jars are there: automatic modules bring in no others by themselves.
        --add-modules ALL-MODULE-PATH
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
                # A conversation and the state of a house fit; more would only be collected later. It begins small: what is
                # there is filled before it is collected for the first time.
                -Xms8m -Xmx96m
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
                # What a heap begins with is filled before it is collected for the first time, and that is a 64th of the memory.
                -Xms16m
                # Half of the default, for each of the many platform threads; parsers limit their depth.
                -Xss512k
            )
            ;;
    esac
    case " $* " in
        # A server runs for long and does the same thing over and over, so that compiling well pays, and it is to stay small:
        # what a call leaves behind is garbage at once, and what the compiler took is given back.
        *' tool-server '*)
            options+=(
                -XX:TieredStopAtLevel=4 -XX:ReservedCodeCacheSize=48m -XX:TrimNativeHeapInterval=2000
                -Xms16m -Xmn8m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20
            )
            ;;
    esac
    # llama runs models, jline reads single keys. A name that is not there would be warned about at each start.
    local native=org.jline.nativ folder
    local IFS=:
    for folder in $folders; do
        if compgen -G "$folder/llama-*.jar" >/dev/null; then
            native=llama,org.jline.nativ
        fi
    done
    options+=("--enable-native-access=$native")
    if [ "$java" -ge 23 ]; then
        # Netty, which speaks to the MQTT broker, keeps its buffers by sun.misc.Unsafe; the JVM would warn of that at each start.
        options+=(--sun-misc-unsafe-memory-access=allow)
    fi
    if [ "$java" -ge 25 ]; then
        # Smaller object headers, 5 to 10 % less heap.
        options+=(-XX:+UseCompactObjectHeaders)
    fi
}
