#!/usr/bin/env bash
# Stands in for Nomad, which no package brings: takes the commands that the roles use, refuses all others, and lets the one task
# of a job run as Nomad's raw_exec would, as root and with an environment of its own. NOMAD_CALLS lists the calls, NOMAD_JOBS holds the jobs.
set -euo pipefail
calls=${NOMAD_CALLS:-/var/lib/nomad-stand-in/calls}
jobs=${NOMAD_JOBS:-/var/lib/nomad-stand-in/jobs}
mkdir -p "$(dirname "$calls")" "$jobs"
printf '%s\n' "$*" >>"$calls"

job_name() {
    sed -n 's/^job "\([a-z0-9-]*\)" {$/\1/p' "$1"
}

case "$*" in
    'job plan /'*.nomad)
        # As Nomad does: 0 if nothing would be started or stopped, else 1.
        cmp -s "$3" "$jobs/$(job_name "$3")" || exit 1
        ;;
    'job run -detach /'*.nomad)
        name=$(job_name "$4")
        cp "$4" "$jobs/$name"
        if [ -d /run/systemd/system ] && [ -z "${NOMAD_CALLS:-}" ]; then
            systemctl stop "job-$name" 2>/dev/null || true
            systemd-run --quiet --collect --unit "job-$name" --property Restart=always --property SuccessExitStatus=143 \
                "$(sed -n 's/^ *command = "\(.*\)"$/\1/p' "$4")"
        fi
        ;;
    'job stop -purge '*)
        name=${*: -1}
        rm "$jobs/$name"
        if [ -d /run/systemd/system ] && [ -z "${NOMAD_CALLS:-}" ]; then
            systemctl stop "job-$name"
        fi
        ;;
    *)
        echo "nomad: what is '$*'?" >&2
        exit 127
        ;;
esac
