#!/usr/bin/env bash
# Sourced by ./mvnw, ./pipecat and ./verify: what a fresh machine may lack. Everything is said on stderr; stdout belongs to the command.

# sysexits.h: something the command needs is unavailable.
EX_UNAVAILABLE=69
JDK_WANTED=25

say() {
    printf '%s\n' "$*" >&2
}

# The feature version of the JDK in a folder, or nothing where there is no compiler.
# The release file is read first: starting each JVM to ask it would take longer than the whole search.
jdk_version() {
    local version=''
    [ -x "$1/bin/javac" ] || return 0
    if [ -r "$1/release" ]; then
        version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    fi
    if [ -z "$version" ]; then
        version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
    fi
    printf '%s' "$version"
}

# Follows links by hand: readlink -f is not everywhere.
real_path() {
    local path=$1 link
    while [ -L "$path" ]; do
        link=$(readlink "$path")
        case $link in
            /*) path=$link ;;
            *) path=$(dirname "$path")/$link ;;
        esac
    done
    printf '%s' "$(cd "$(dirname "$path")" && pwd -P)/$(basename "$path")"
}

jdk_on_path() {
    local java home
    java=$(command -v java) || return 0
    home=$(dirname "$(dirname "$(real_path "$java")")")
    # A version manager's shim lies beside no JDK, but knows where it is.
    if [ ! -e "$home/release" ]; then
        home=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
    fi
    printf '%s' "$home"
}

# Exports JAVA_HOME, or ends the script with one sentence.
find_jdk() {
    local home version best='' best_version='' newest='' newest_version=0
    if [ -n "${PIPECAT_JAVA_HOME:-}" ]; then
        version=$(jdk_version "$PIPECAT_JAVA_HOME")
        if [ "${version:-0}" -lt "$JDK_WANTED" ]; then
            say "pipecat needs a JDK $JDK_WANTED or newer, and PIPECAT_JAVA_HOME=$PIPECAT_JAVA_HOME is none: correct it or unset it."
            exit "$EX_UNAVAILABLE"
        fi
        export JAVA_HOME=$PIPECAT_JAVA_HOME
        return
    fi
    for home in "${JAVA_HOME:-}" "$(jdk_on_path)"; do
        version=$(jdk_version "$home")
        if [ "${version:-0}" -ge "$JDK_WANTED" ]; then
            export JAVA_HOME=$home
            return
        fi
        if [ "${version:-0}" -gt "$newest_version" ]; then
            newest=$home newest_version=$version
        fi
    done
    for home in /usr/lib/jvm/* /opt/* "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        version=$(jdk_version "$home")
        # Of several, the oldest that will do: it is the nearest to what the build was tried with.
        if [ "${version:-0}" -ge "$JDK_WANTED" ]; then
            if [ -z "$best" ] || [ "$version" -lt "$best_version" ]; then
                best=$home best_version=$version
            fi
        elif [ "${version:-0}" -gt "$newest_version" ]; then
            newest=$home newest_version=$version
        fi
    done
    if [ -z "$best" ]; then
        local found=none
        [ -z "$newest" ] || found="only JDK $newest_version in $newest"
        say "pipecat needs a JDK $JDK_WANTED or newer (with javac) and found $found:" \
            "install one (Debian, Ubuntu: openjdk-$JDK_WANTED-jdk, or Eclipse Temurin $JDK_WANTED) or set JAVA_HOME to it."
        exit "$EX_UNAVAILABLE"
    fi
    export JAVA_HOME=$best
}

# Installs Debian packages, or says in one sentence why that is not possible.
install_packages() {
    local as_root=()
    if ! command -v apt-get >/dev/null; then
        say "Please install: $* (these are the names of the Debian packages; this system has no apt-get)."
        return "$EX_UNAVAILABLE"
    fi
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            say "Please have an administrator run: apt-get install $*"
            return "$EX_UNAVAILABLE"
        fi
        as_root=(sudo)
    fi
    say "Installing the Debian packages: $*"
    # The ${...+...} is for bash 3, where an empty array counts as unset.
    local apt=(${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120)
    {
        "${apt[@]}" install -y --no-install-recommends "$@" ||
            # Most often the lists are missing or out of date, as on a fresh machine.
            { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "$@"; }
    } >&2 || {
        say "Could not install: $* (the messages above say why)."
        return "$EX_UNAVAILABLE"
    }
}

find_maven() {
    if ! command -v mvn >/dev/null; then
        say "Building pipecat takes Maven 3.8 or newer, which this machine does not have."
        install_packages maven || exit "$EX_UNAVAILABLE"
    fi
}

# Which artifacts are published: the BOM names them.
published_artifacts() {
    sed -n 's/.*<artifactId>\(.*\)<\/artifactId>.*/\1/p' pipecat-bom/pom.xml | grep -v -E '^(pipecat-bom|maven-.*)$'
}

# Prints settings for a Maven that finds pipecat's artifacts in a folder, third parties in what this machine has fetched already, and the
# rest where Maven gets it otherwise.
settings_with_repository() {
    cat <<TEXT
<settings>
  <profiles>
    <profile>
      <id>built</id>
      <repositories>
        <repository><id>built</id><url>file://$1</url></repository>
        <repository><id>fetched</id><url>file://$HOME/.m2/repository</url>
          <releases><checksumPolicy>ignore</checksumPolicy></releases><snapshots><enabled>false</enabled></snapshots></repository>
      </repositories>
      <pluginRepositories>
        <pluginRepository><id>fetched</id><url>file://$HOME/.m2/repository</url>
          <releases><checksumPolicy>ignore</checksumPolicy></releases><snapshots><enabled>false</enabled></snapshots></pluginRepository>
      </pluginRepositories>
    </profile>
  </profiles>
  <activeProfiles><activeProfile>built</activeProfile></activeProfiles>
</settings>
TEXT
}
