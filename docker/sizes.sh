#!/usr/bin/env bash
# What each part of the runtimes and of an image costs, so that growth is seen; see --help.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage() {
    cat <<'TEXT'
Usage: docker/sizes.sh [--engine docker|podman|buildah] [--base IMAGE] [IMAGE...]

Writes Markdown tables to standard output: the archives that the build made, the
largest jars and linked modules of the edge and the mid runtime, and the layers of
the images that are named, each with what stands above its base.

Build first:  ./mvnw -DskipTests -pl pipecat-dist/runtimes -am package
TEXT
}

engine=''
base=debian:bookworm-slim
images=()
while [ $# -gt 0 ]; do
    case $1 in
        --help | -h)
            usage
            exit 0
            ;;
        --engine)
            engine=${2:?--engine takes docker, podman or buildah}
            shift
            ;;
        --base)
            base=${2:?--base takes the name of an image}
            shift
            ;;
        -*)
            echo "docker/sizes.sh: unknown option '$1'; see --help" >&2
            exit 64
            ;;
        *) images+=("$1") ;;
    esac
    shift
done

built=pipecat-dist/runtimes/target
if ! compgen -G "$built/image/pipecat-edge-*" >/dev/null; then
    echo "docker/sizes.sh: there are no runtimes in $built; build them first (see --help)" >&2
    exit 69
fi

megabytes() {
    awk -v bytes="$1" 'BEGIN { printf "%.1f", bytes / 1e6 }'
}

bytes_of() {
    du --apparent-size --summarize --block-size=1 "$1" | cut -f 1
}

printf '| runtime | archive, MB | unpacked, MB | of that Java | jars |\n| --- | ---: | ---: | ---: | ---: |\n'
for folder in "$built"/image/pipecat-*; do
    name=$(basename "$folder")
    archive=$(compgen -G "$built/$name*.tar.gz")
    java=0
    if [ -d "$folder/runtime" ]; then
        java=$(bytes_of "$folder/runtime")
    fi
    printf '| %s | %s | %s | %s | %s |\n' "$name" "$(megabytes "$(stat -c %s "$archive")")" \
        "$(megabytes "$(bytes_of "$folder")")" "$(megabytes "$java")" "$(megabytes "$(bytes_of "$folder/lib")")"
done

# Linked modules have no file of their own; the JDK's tool knows what each takes.
linked() {
    local modules=$1/runtime/lib/modules
    "$jimage" list --verbose "$modules" | awk '
        /^Module:/ { module = $2; next }
        $1 ~ /^[0-9]+$/ { total[module] += ($3 > 0 ? $3 : $2) }
        END { for (m in total) print total[m], m " (linked)" }'
}

# shellcheck source=bin/setup.sh
. bin/setup.sh
find_jdk
jimage=$JAVA_HOME/bin/jimage
for tier in edge mid; do
    folder=$(compgen -G "$built/image/pipecat-$tier-*")
    printf '\n| part of the %s runtime, the 20 largest | MB |\n| --- | ---: |\n' "$tier"
    {
        linked "$folder"
        find "$folder/runtime/lib" "$folder/lib" -type f -not -name modules -printf '%s %f\n'
    } | sort -rn | awk 'NR <= 20 { printf "| %s | %.1f |\n", substr($0, index($0, " ") + 1), $1 / 1e6; next }
        { rest += $1 } END { printf "| everything else | %.1f |\n", rest / 1e6 }'
done

if [ "${#images[@]}" -eq 0 ]; then
    exit 0
fi
for candidate in docker podman buildah; do
    if [ -z "$engine" ] && command -v "$candidate" >/dev/null; then
        engine=$candidate
    fi
done
case $engine in
    '')
        echo "docker/sizes.sh: there is neither docker nor podman nor buildah" >&2
        exit 69
        ;;
    # buildah tells no sizes; podman reads the same store.
    buildah) engine=podman ;;
esac
base_bytes=$("$engine" image inspect --format '{{.Size}}' "$base")
printf '\n| image | MB | above %s, MB |\n| --- | ---: | ---: |\n' "$base"
for image in "${images[@]}"; do
    bytes=$("$engine" image inspect --format '{{.Size}}' "$image")
    printf '| %s | %s | %s |\n' "$image" "$(megabytes "$bytes")" "$(megabytes "$((bytes - base_bytes))")"
done
for image in "${images[@]}"; do
    printf '\n| size | layer of %s |\n| ---: | --- |\n' "$image"
    "$engine" history --format '{{.Size}} | {{.CreatedBy}}' "$image" | grep -v '^0 \?B' | sed 's/^/| /; s/$/ |/'
done
