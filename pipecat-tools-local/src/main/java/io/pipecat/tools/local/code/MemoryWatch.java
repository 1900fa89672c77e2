package io.pipecat.tools.local.code;

import io.pipecat.tools.local.process.Subprocess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Adds up the memory of a program and its children: the kernel's limits hold for each process alone, so that many could use many times as
 * much. What several share counts once (proc(5), {@code smaps_rollup}).
 */
final class MemoryWatch implements Subprocess.Watch {
    private static final Pattern PSS = Pattern.compile("(?m)^Pss:\\s+([0-9]{1,15}) kB$");
    private static final long KIB_PER_MIB = 1024;

    private final Path proc;
    private final long limitMib;

    MemoryWatch(Path proc, long limitMib) {
        this.proc = proc;
        this.limitMib = limitMib;
    }

    @Override
    public Optional<String> look(ProcessHandle program) {
        long kib = program.descendants().mapToLong(this::kibibytes).sum();
        return kib > limitMib * KIB_PER_MIB
                ? Optional.of("it and its children used more than " + limitMib + " MiB of memory")
                : Optional.empty();
    }

    private long kibibytes(ProcessHandle process) {
        try {
            Matcher line = PSS.matcher(
                    Files.readString(proc.resolve(Long.toString(process.pid())).resolve("smaps_rollup")));
            return line.find() ? Long.parseLong(line.group(1)) : 0;
        } catch (IOException e) {
            // It has ended meanwhile.
            return 0;
        }
    }
}
