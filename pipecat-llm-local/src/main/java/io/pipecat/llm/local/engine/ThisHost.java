package io.pipecat.llm.local.engine;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at the machine that this process runs on. */
public final class ThisHost {
    private static final List<String> LIBRARY_FOLDERS =
            List.of("/lib", "/usr/lib", "/lib64", "/usr/lib64", "/usr/local/lib");

    private ThisHost() {}

    /**
     * Describes this machine; reads a few small files.
     *
     * @return what the native library depends on
     */
    public static Host describe() {
        Optional<String> linkerCache = text(Path.of("/etc/ld.so.cache"));
        return new Host(
                System.getProperty("os.name", ""),
                System.getProperty("os.arch", ""),
                text(Path.of("/proc/cpuinfo")),
                text(Path.of("/proc/self/maps")).orElse("").contains("ld-musl-"),
                // The cache ends each name with a zero byte. The JVM's library path holds LD_LIBRARY_PATH.
                name -> linkerCache.orElse("").contains(name + "\0") || inFolder(name));
    }

    private static boolean inFolder(String library) {
        String jvmPath = System.getProperty("java.library.path", "");
        return Stream.concat(Stream.of(jvmPath.split(File.pathSeparator, -1)), LIBRARY_FOLDERS.stream())
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> Files.exists(Path.of(folder, library)));
    }

    // A file that this system does not have, or that it keeps to itself, is an answer: the host says nothing about
    // that.
    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
