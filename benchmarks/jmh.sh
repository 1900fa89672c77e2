#!/usr/bin/env bash
# Measures the hot paths with JMH: the parser of server-sent events, tool calls from fragments and from a model's text, JSON, the
# choice of a tool, a line of a stored conversation, an update of the world model. The sources are in jmh/, outside the build; JMH
# itself is fetched by Maven the first time and is part of nothing that is shipped.
#
#   usage: benchmarks/jmh.sh [--quick] [PATTERN...]   PATTERN: only the benchmarks whose name it is found in (a regular expression)
set -euo pipefail

# shellcheck source=benchmarks/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
options "$@"
build
find_maven
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
jars=$root/target/jmh
if ! compgen -G "$jars/jmh-core-*.jar" >/dev/null || [ "$here/jmh/pom.xml" -nt "$jars" ]; then
    say "fetching JMH ..."
    rm -rf "$jars"
    "$root/mvnw" -B -q -f "$here/jmh/pom.xml" dependency:copy-dependencies -DoutputDirectory="$jars" >&2 || {
        rm -rf "$jars"
        say "$script: Maven could not fetch JMH (the messages above say why)"
        exit "$EX_UNAVAILABLE"
    }
fi
mapfile -t sources < <(find "$here/jmh/src" -name '*.java')
mkdir "$work/classes"
"$JAVA_HOME/bin/javac" -Xlint:none -cp "$lib/*:$jars/*" -processorpath "$(printf '%s:' "$jars"/*.jar)" -d "$work/classes" "${sources[@]}"
# Twice two seconds to warm up and five times one to measure, in two processes.
effort=(-f 2 -wi 2 -w 2s -i 5 -r 1s)
[ -z "$quick" ] || effort=(-f 1 -wi 1 -w 300ms -i 1 -r 300ms)
"$JAVA_HOME/bin/java" -XX:+UseSerialGC "-Djava.io.tmpdir=$work" -cp "$work/classes:$lib/*:$jars/*" org.openjdk.jmh.Main \
    -bm avgt -tu ns -foe true -rf csv -rff "$work/results.csv" -jvmArgs "-XX:+UseSerialGC -Djava.io.tmpdir=$work" \
    "${effort[@]}" "${arguments[@]}" >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    exit 1
}
# "io.pipecat.benchmark.NodeBenchmark.jsonParse","avgt",1,5,123.4,5.6,"ns/op"
awk -F, 'NR > 1 {
    gsub(/"/, "")
    n = split($1, part, ".")
    error = $6 == "NaN" ? "" : sprintf(", ± %.1f", $6)
    printf "result\tjmh.%s\t%.1f\tns\t%s.%s%s\n", part[n], $5, part[n - 1], part[n], error
}' "$work/results.csv"
