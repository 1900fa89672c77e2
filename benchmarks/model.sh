#!/usr/bin/env bash
# Scores the built-in model as it is shipped, with the checks of the node around it, by training/evaluate.sh: known patterns with
# unseen values, held-out sentences, and of the latter the calls that were wrong rather than refused. Also its size and context. Its speed is llm.sh's.
#
#   usage: benchmarks/model.sh [--quick]     quick: the same
set -euo pipefail

# shellcheck source=benchmarks/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
options "$@"
build
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
file=$("$JAVA_HOME/bin/jar" tf "$lib"/pipecat-model-builtin-*.jar | grep '\.gguf$')
(cd "$work" && "$JAVA_HOME/bin/jar" xf "$lib"/pipecat-model-builtin-*.jar "$file")
model=$work/$file
cat >"$work/Context.java" <<'JAVA'
public class Context {
    public static void main(String[] args) throws Exception {
        System.out.println(io.pipecat.llm.local.gguf.GgufReader.read(java.nio.file.Path.of(args[0])).contextLength());
    }
}
JAVA
result model.size "$(stat -c %s "$model" | awk '{ printf "%.2f", $1 / 1e6 }')" MB "size of ${file##*/}"
result model.context "$("$JAVA_HOME/bin/java" -cp "$lib/*" "$work/Context.java" "$model")" tokens 'context that it was made for'

"$root/training/evaluate.sh" "$model" >"$work/scores"
# Maven takes colours back, quiet as it is, at the head of what follows. | category | right | missed | wrong call |
sed 's/\x1b\[[0-9;]*m//g' "$work/scores" | awk -F ' *[|] *' '
    /^## / { file = $0; sub(/^## /, "", file); sub(/\.jsonl.*/, "", file) }
    $3 ~ /^[0-9]+$/ {
        all = $3 + $4 + $5
        sentences[file] += all; right[file] += $3
        # What the generator asks is what it was trained for: only what was written apart tells how often it is wrong.
        if (file == "heldout" && $2 ~ /^(decline|outside)/) { outside += all; wrong_calls += $5 }
    }
    file == "heldout" && $2 == "wrong sums" { split($3, told, " of "); wrong_sums = told[1]; sums = told[2] }
    function tell(name, part, whole, what) {
        if (whole == 0) { print "training/evaluate.sh told no " what > "/dev/stderr"; exit 1 }
        printf "result\t%s\t%.2f\t%%\t%s, of %d\n", name, 100 * part / whole, what, whole
    }
    END {
        tell("model.known", right["known"], sentences["known"], "known patterns with unseen values right")
        tell("model.heldout", right["heldout"], sentences["heldout"], "held-out sentences right")
        printf "result\t%s\t%d\t\theld-out sentences that were scored\n", "model.heldout-sentences", sentences["heldout"]
        tell("model.wrong-calls", wrong_calls, outside, "calls made on held-out requests outside its world")
        tell("model.wrong-sums", wrong_sums, sums, "wrong sums, not refused, among held-out ones")
    }'
