#!/usr/bin/env bash
# Makes the built-in model: vocabulary, training, export; see README.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

steps=17000
out=../target/model
begin=
seed=1
rate=0.006
while (($#)); do
    case $1 in
        --steps) steps=${2:?--steps needs a number} && shift 2 ;;
        --out) out=${2:?--out needs a folder} && shift 2 ;;
        --seed) seed=${2:?--seed needs a number} && shift 2 ;;
        --rate) rate=${2:?--rate needs a number} && shift 2 ;;
        --begin-with) begin=$(realpath "${2:?--begin-with needs a GGUF file}") && shift 2 ;;
        *)
            echo "Usage: training/train.sh [--steps N] [--seed N] [--rate N] [--out FOLDER] [--begin-with FILE.gguf]" >&2
            exit 64
            ;;
    esac
done
# Debian's python3 has Debian's torch; PYTHON names another one, with a torch of its own.
python=${PYTHON:-/usr/bin/python3}
"$python" -c 'import torch' 2>/dev/null || {
    echo "train.sh: $python has no torch: apt-get install python3-torch libopenblas0-pthread, or set PYTHON to one that has" >&2
    exit 1
}
mkdir -p "$out"
# One thread; and memory is kept, since torch otherwise spends its time in page faults.
export OMP_NUM_THREADS=1 MALLOC_MMAP_THRESHOLD_=1000000000 MALLOC_TRIM_THRESHOLD_=4000000000 MALLOC_TOP_PAD_=500000000
how=()
if [[ -e $out/model.pt && -n $begin ]]; then
    echo "train.sh: $out/model.pt is there already: remove it to begin with $begin, or leave --begin-with out to go on with it" >&2
    exit 64
elif [[ -e $out/model.pt ]]; then
    echo "Going on with $out/model.pt; remove it to begin anew."
    how=(--resume)
elif [[ -n $begin ]]; then
    # Its weights are for its vocabulary.
    cp tokenizer.json "$out/tokenizer.json"
    how=(--begin-with "$begin")
else
    "$python" tokenizer.py --out "$out/tokenizer.json"
fi
"$python" train.py --steps "$steps" --seed "$seed" --rate "$rate" --tokenizer "$out/tokenizer.json" --out "$out/model.pt" "${how[@]}"
"$python" gguf.py "$out/model.pt" "$out/pipecat-home.q8_0.gguf" --tokenizer "$out/tokenizer.json"
"$python" evaluate.py "$out/model.pt" --tokenizer "$out/tokenizer.json"
echo "The model is $out/pipecat-home.q8_0.gguf; its SHA-256:"
sha256sum "$out/pipecat-home.q8_0.gguf"
