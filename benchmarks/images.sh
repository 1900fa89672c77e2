#!/usr/bin/env bash
# Measures the container images: builds each variant from the archives of the build, and tells its size above that of its base.
# docker/sizes.sh tells what each part takes.
#
#   usage: benchmarks/images.sh [--quick]     quick: only the edge image without its AOT cache
#
# Build first: ./mvnw -DskipTests -pl pipecat-dist/runtimes -am package. Uses the base image and the storage that bin/container-parts
# makes under target/containers, with buildah and podman.
set -euo pipefail

# shellcheck source=benchmarks/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
options "$@"
needs buildah podman runc
if ! compgen -G "$root/pipecat-dist/runtimes/target/pipecat-edge-*.tar.gz" >/dev/null; then
    say "$script: there are no runtimes in pipecat-dist/runtimes/target; build them first (see --help)"
    exit "$EX_UNAVAILABLE"
fi
"$root/bin/container-parts" >&2
# shellcheck source=/dev/null
. "$root/target/containers/env.sh"
base=docker.io/library/debian:bookworm-slim
built=()
log=$(mktemp)
cleanup() {
    [ "${#built[@]}" -eq 0 ] || podman rmi --force "${built[@]}" >/dev/null 2>&1 || true
    rm -f "$log"
}
trap cleanup EXIT

size() { podman image inspect --format '{{.Size}}' "$1"; }
base_bytes=$(size "$base")
result images.base "$(awk -v b="$base_bytes" 'BEGIN { printf "%.1f", b / 1e6 }')" MB "the base, $base"
image() { # name variant aot what
    local tag=localhost/pipecat-benchmark:${1#images.}
    say "building $4 ..."
    built+=("$tag")
    buildah bud --pull-never --isolation chroot --format docker --layers=false -q -f "$root/docker/Dockerfile" \
        --build-arg VARIANT="$2" --build-arg AOT="$3" -t "$tag" "$root/pipecat-dist/runtimes/target" >"$log" 2>&1 || {
        cat "$log" >&2
        exit 1
    }
    result "$1" "$(awk -v b="$base_bytes" -v i="$(size "$tag")" 'BEGIN { printf "%.1f", (i - b) / 1e6 }')" MB "$4, above its base"
}
image images.edge-plain edge false 'edge image without AOT cache'
if [ -z "$quick" ]; then
    image images.edge edge true 'edge image'
    image images.full full true 'full image'
fi
