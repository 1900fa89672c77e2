# shellcheck shell=bash
# Sourced by every script here: options, what all need, and the one form in which results are told (README.md).

# The decimal point of awk and printf is the C locale's.
export LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
here=$root/benchmarks
script=$(basename "$0")
# shellcheck source=bin/setup.sh
. "$root/bin/setup.sh"
PATH=$PATH:/usr/sbin:/sbin

# Takes the options that every script has; leaves quick (yes or nothing) and the other arguments in arguments.
quick=''
arguments=()
options() {
    local argument
    for argument in "$@"; do
        case $argument in
            --help | -h)
                # The comment at the head of the script is its help.
                awk 'NR > 1 && !/^#/ { exit } NR > 1 { sub(/^# ?/, ""); print }' "$0"
                exit 0
                ;;
            --quick) quick=yes ;;
            --*)
                say "$script: unknown option '$argument' (there are --quick and --help)"
                exit 64
                ;;
            *) arguments+=("$argument") ;;
        esac
    done
}

# The number that was given at this place, else the usual one, or with --quick the smaller one.
number() { # place usual quick
    local value=${arguments[$1 - 1]:-}
    if [ -z "$value" ]; then
        value=$2
        [ -z "$quick" ] || value=$3
    fi
    case $value in
        *[!0-9]* | 0*)
            say "$script: '$value' is no number greater than 0; see --help"
            exit 64
            ;;
    esac
    echo "$value"
}

# Ends with a sentence where a program is missing; the name of its Debian package after a colon, where that differs.
needs() {
    local program
    for program in "$@"; do
        if ! command -v "${program%:*}" >/dev/null; then
            say "$script needs ${program%:*} (Debian package ${program#*:})"
            exit "$EX_UNAVAILABLE"
        fi
    done
}

# Builds what is not up to date; sets JAVA_HOME, and lib, the folder of the jars.
build() {
    "$root/pipecat" --version >/dev/null
    find_jdk
    lib=${PIPECAT_LIB:-$root/pipecat-dist/target/quick/lib}
}

# Compiles a source of this folder against the jars into a folder.
compile() { # source folder
    "$JAVA_HOME/bin/javac" -proc:none -parameters -Xlint:none -cp "$lib/*" -d "$2" "$here/$1"
}

# The one form of a result. The name begins with the script's; names and units are what promises.tsv refers to.
result() { # name value unit what
    printf 'result\t%s\t%s\t%s\t%s\n' "$@"
}

# What a reader of the results has to know.
note() {
    printf 'note\t%s\n' "$*"
}

now_us() { echo "${EPOCHREALTIME/[.,]/}"; }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
ms() { awk -v us="$1" 'BEGIN { printf us < 10000 ? "%.1f" : "%.0f", us / 1000 }'; }
resident_kb() { awk '/^VmRSS:/ { print $2 }' "/proc/$1/status"; }
resident_mb() { awk '/^VmRSS:/ { printf "%.1f", $2 * 1024 / 1e6 }' "/proc/$1/status"; }
# Time on a processor of a whole process, in seconds.
cpu_seconds() {
    awk -v hz="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print ($12 + $13) / hz }' "/proc/$1/stat"
}
