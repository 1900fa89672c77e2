#!/usr/bin/env bash
# Runs every benchmark of this folder, one after the other, and writes what came of it: results.tsv (every line that the scripts
# printed), results.md (tables, each promise beside what was measured) and results.svg (the promises as a plot). A script that
# fails or lacks a part is listed with the last thing that it said; the results of the others stay.
#
#   usage: benchmarks/all.sh [--quick] [--only NAME,NAME… [--keep]] [--out DIR] [--no-build] [--report]
#
#   --quick     few and short runs, to see that all of it works (about ten minutes); such numbers are no results, so they go to
#               target/benchmarks unless --out says otherwise
#   --only      these scripts (names without .sh)
#   --keep      what the other scripts told last time stays in the results, with a note of when that was and of what
#   --out DIR   where to write; otherwise benchmarks/
#   --no-build  take what is built, and do not look whether it is up to date
#   --report    measure nothing: write the tables and the plot anew from what was told last, after a change of promises.tsv
#   --list      print the names of the scripts and end
#
# Exit code: 0 if every script ended well, 1 if one did not.
set -euo pipefail
# shellcheck source=benchmarks/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

out='' only='' build=yes keep='' report=''
while [ $# -gt 0 ]; do
    case $1 in
        --quick) quick=yes ;;
        --no-build) build='' ;;
        --keep) keep=yes ;;
        --report) report=yes ;;
        --out | --only)
            [ $# -gt 1 ] || {
                say "$script: $1 takes a value; see --help"
                exit 64
            }
            if [ "$1" = --out ]; then out=$2; else only=$2; fi
            shift
            ;;
        --list) only=list ;;
        --help | -h) options --help ;;
        *)
            say "$script: unknown argument '$1'; see --help"
            exit 64
            ;;
    esac
    shift
done

names=()
for file in "$here"/*.sh; do
    name=$(basename "$file" .sh)
    case $name in
        all | common) ;;
        *) names+=("$name") ;;
    esac
done
if [ "$only" = list ]; then
    printf '%s\n' "${names[@]}"
    exit 0
fi
if [ -n "$only" ]; then
    IFS=, read -r -a wanted <<<"$only"
    for name in "${wanted[@]}"; do
        case " ${names[*]} " in
            *" $name "*) ;;
            *)
                say "$script: there is no benchmark '$name'; there are ${names[*]}"
                exit 64
                ;;
        esac
    done
    names=("${wanted[@]}")
fi
if [ -z "$out" ]; then
    out=$here
    [ -z "$quick" ] || out=$root/target/benchmarks
fi
mkdir -p "$out"
out=$(cd "$out" && pwd -P)
limit=3600
[ -z "$quick" ] || limit=1500

find_jdk
lines=$out/results.tsv
write_report() {
    "$JAVA_HOME/bin/java" "$here/Report.java" "$lines" "$here/promises.tsv" "$out"
}
if [ -n "$report" ]; then
    write_report
    exit
fi
if [ -n "$build" ]; then
    say "Building all modules and the runtimes (log: $out/build.log) ..."
    "$root/mvnw" -B -DskipTests package >"$out/build.log" 2>&1 || {
        grep '^\[ERROR\]' "$out/build.log" | head -n 15 >&2
        say "$script: the build failed; its log is $out/build.log"
        exit 70
    }
    "$root/pipecat" --version >/dev/null
fi

kept=''
if [ -n "$keep" ] && [ -e "$lines" ]; then
    kept=$(awk -F '\t' -v now=" ${names[*]} " '
        function finish() { if (held && !dated) print "note\tmeasured " date ", " commit ", on: " processor; held = 0 }
        $1 == "machine" && $2 == "date" { date = $3 }
        $1 == "machine" && $2 == "processor" { processor = $3 }
        $1 == "machine" && $2 == "pipecat" { commit = $3 }
        $1 == "machine" { finish() }
        $1 == "script" { finish(); held = index(now, " " $2 " ") == 0; dated = 0 }
        held { print; if ($1 == "note" && $2 ~ /^measured 20/) dated = 1 }
        END { finish() }' "$lines")
fi
logs=$out/logs
rm -rf "$logs"
mkdir -p "$logs"
load() { cut -d ' ' -f 1-3 /proc/loadavg; }
machine() { printf 'machine\t%s\t%s\n' "$1" "$2"; }
{
    machine date "$(date -u +'%Y-%m-%d %H:%M UTC')"
    machine processor "$(sed -n 's/^model name[^:]*: //p;T;q' /proc/cpuinfo)"
    machine cores "$(nproc)"
    machine memory "$(awk '/^MemTotal/ { printf "%.0f GB", $2 * 1024 / 1e9 }' /proc/meminfo)"
    machine kernel "$(uname -sr)"
    machine JDK "$("$JAVA_HOME/bin/java" -version 2>&1 | sed -n 2p)"
    machine pipecat "$("$root/pipecat" --version)$(cd "$root" && git describe --always --dirty --exclude '*' 2>/dev/null | sed 's/^/, commit /')"
    machine 'load before' "$(load)"
    [ -z "$quick" ] || machine mode 'quick: few and short runs, no results'
} >"$lines"

running=''
stopped=''
# Called by the trap.
# shellcheck disable=SC2317
stop() {
    stopped=yes
    [ -z "$running" ] || kill "$running" 2>/dev/null || true
}
trap stop INT TERM HUP
failed=0
for name in "${names[@]}"; do
    say "$(date +%T) $name ..."
    before=$(load)
    begun=$SECONDS
    status=0
    # In the background, so that a signal is noticed at once and the script told; timeout tells what it started.
    timeout --kill-after=30 "$limit" "$here/$name.sh" ${quick:+--quick} >"$logs/$name.out" 2>"$logs/$name.err" </dev/null &
    running=$!
    wait "$running" || status=$?
    if [ -n "$stopped" ]; then wait "$running" || status=$?; fi
    running=''
    reason=ok
    if [ "$status" -ne 0 ]; then
        failed=1
        case $status in
            124 | 137) reason="failed: not done after $limit s" ;;
            *) reason="failed ($status): $(grep -v -E '^[[:space:]]*(at .*)?$' "$logs/$name.err" | tail -n 1 | tr '\t' ' ' | cut -c 1-300)" ;;
        esac
        say "$name $reason"
    fi
    printf 'script\t%s\t%s\t%s\t%s\n' "$name" "$reason" "$((SECONDS - begun))" "$before" >>"$lines"
    grep -E $'^(result|note)\t' "$logs/$name.out" >>"$lines" || true
    [ -z "$stopped" ] || break
done
[ -z "$kept" ] || printf '%s\n' "$kept" >>"$lines"
machine 'load after' "$(load)" >>"$lines"
if write_report; then
    say "$(date +%T) written: $out/results.md"
else
    failed=1
    say "$script: the report is not whole (see above); every line that was told is in $lines"
fi
exit "$failed"
