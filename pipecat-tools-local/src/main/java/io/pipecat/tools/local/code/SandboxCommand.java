package io.pipecat.tools.local.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The command line of a sandbox: {@code sh} opens the files of the run, {@code setpriv} leaves the superuser, {@code bwrap} makes the
 * namespaces and the file system, {@code prlimit} sets the limits inside, where this user's other processes do not count.
 */
final class SandboxCommand {
    private static final List<String> SYSTEM = List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");
    private static final List<String> CONFIGURATION = List.of("ld.so.cache", "alternatives", "localtime");
    private static final String INSIDE = "1000";
    private static final long MIB = 1L << 20;
    private static final long SHARED_MEMORY = 16 * MIB;
    private static final int OPEN_FILES = 256;
    private static final int NICE = 10;
    /** The superuser's processes escape the limit on their number, so it becomes one of these users, which systemd keeps free as well. */
    private static final int FIRST_USER = 61_184;

    private static final int USERS = 4_000;
    private static final AtomicInteger NEXT_USER = new AtomicInteger();
    private static final String OPEN = "exec 3<\"$1/filter\" 4<\"$1/code\" 5>\"$1/status\" && shift && exec \"$@\"";

    private final Path bwrap;
    private final Path runFolder;
    private final boolean root;
    private final CodeLimits limits;
    private final List<Path> hidden;

    /**
     * Makes it.
     *
     * @param runFolder holds {@code filter} and {@code code}, and gets {@code status}
     * @param root whether this process is the superuser's
     * @param hidden folders that must not be seen even where they lie below one that is
     */
    SandboxCommand(Path bwrap, Path runFolder, boolean root, CodeLimits limits, List<Path> hidden) {
        this.bwrap = bwrap;
        this.runFolder = runFolder;
        this.root = root;
        this.limits = limits;
        this.hidden = List.copyOf(hidden);
    }

    /** Whether a file is there in the sandbox. */
    static boolean isVisible(Path file) {
        return file.startsWith("/usr") || SYSTEM.stream().anyMatch(folder -> file.startsWith("/" + folder));
    }

    List<String> line(Language language, Path interpreter, List<String> arguments, Duration timeout)
            throws IOException {
        List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", OPEN, "sh", runFolder.toString()));
        if (root) {
            String user = Integer.toString(FIRST_USER + Math.floorMod(NEXT_USER.getAndIncrement(), USERS));
            line.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "--no-new-privs"));
        }
        line.add(bwrap.toString());
        line.addAll(namespaces());
        fileSystem(line, language);
        line.addAll(List.of("--seccomp", "3", "--json-status-fd", "5", "--"));
        line.addAll(List.of("nice", "-n", Integer.toString(NICE)));
        line.addAll(resources(language, timeout));
        line.add(interpreter.toString());
        if (language == Language.JAVASCRIPT) {
            line.add("--max-old-space-size=" + limits.memoryMib() * 3 / 4);
        }
        line.addAll(language.options());
        line.add("/code/" + language.file());
        line.addAll(arguments);
        return line;
    }

    private static List<String> namespaces() {
        List<String> options = new ArrayList<>(List.of("--unshare-user", "--unshare-pid", "--unshare-net"));
        options.addAll(List.of("--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try", "--disable-userns"));
        options.addAll(List.of("--die-with-parent", "--new-session", "--cap-drop", "ALL"));
        options.addAll(List.of("--uid", INSIDE, "--gid", INSIDE, "--hostname", "sandbox", "--clearenv"));
        environment(options, "PATH", "/usr/local/bin:/usr/bin:/bin");
        environment(options, "HOME", "/tmp");
        environment(options, "TMPDIR", "/tmp");
        environment(options, "USER", "sandbox");
        environment(options, "LANG", "C.UTF-8");
        return options;
    }

    private static void environment(List<String> options, String name, String value) {
        options.addAll(List.of("--setenv", name, value));
    }

    private void fileSystem(List<String> line, Language language) throws IOException {
        line.addAll(List.of("--ro-bind", "/usr", "/usr"));
        for (String name : SYSTEM) {
            Path folder = Path.of("/", name);
            if (Files.isSymbolicLink(folder)) {
                line.addAll(List.of("--symlink", Files.readSymbolicLink(folder).toString(), folder.toString()));
            } else if (Files.isDirectory(folder)) {
                line.addAll(List.of("--ro-bind", folder.toString(), folder.toString()));
            }
        }
        for (String name : CONFIGURATION) {
            line.addAll(List.of("--ro-bind-try", "/etc/" + name, "/etc/" + name));
        }
        List<Path> masked = new ArrayList<>(hidden);
        masked.add(Path.of("/usr/local/etc"));
        for (Path folder : masked) {
            // Elsewhere there is nothing to hide, and a mount point cannot be made in a read-only folder that lacks it.
            if (Files.isDirectory(folder) && isVisible(folder.toRealPath())) {
                line.addAll(
                        List.of("--size", "4096", "--tmpfs", folder.toRealPath().toString()));
                line.addAll(List.of("--remount-ro", folder.toRealPath().toString()));
            }
        }
        // bubblewrap's own /dev and root folder are writable memory without a limit.
        line.addAll(List.of("--dev", "/dev", "--size", Long.toString(SHARED_MEMORY), "--tmpfs", "/dev/shm"));
        line.addAll(List.of("--remount-ro", "/dev", "--proc", "/proc"));
        line.addAll(List.of("--size", Long.toString(limits.diskMib() * MIB), "--tmpfs", "/tmp", "--chdir", "/tmp"));
        line.addAll(List.of("--ro-bind-data", "4", "/code/" + language.file(), "--remount-ro", "/"));
    }

    private List<String> resources(Language language, Duration timeout) {
        long memory = limits.memoryMib() * MIB;
        long seconds = timeout.toSeconds() + 1;
        List<String> options = new ArrayList<>(List.of("prlimit", "--core=0", "--nofile=" + OPEN_FILES));
        // Node.js reserves far more addresses than it uses, so there only what is writable counts.
        options.add((language == Language.JAVASCRIPT ? "--data=" : "--as=") + memory);
        options.add("--cpu=" + seconds + ":" + (seconds + 1));
        options.add("--nproc=" + limits.processes());
        options.add("--fsize=" + limits.diskMib() * MIB);
        options.addAll(List.of("--memlock=65536", "--msgqueue=0", "--rss=" + memory));
        return options;
    }
}
