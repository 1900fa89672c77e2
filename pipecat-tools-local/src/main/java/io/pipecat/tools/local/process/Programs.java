package io.pipecat.tools.local.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds programs in the folders where a distribution puts them. A user's own {@code PATH} does not count: what a tool runs must not depend
 * on who started the node.
 */
public final class Programs {
    /** The search path that programs get in turn. */
    public static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static final List<Path> FOLDERS =
            List.of(PATH.split(":")).stream().map(Path::of).toList();

    private final List<Path> folders;

    private Programs(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /**
     * Looks where the operating system has its programs.
     *
     * @return the finder
     */
    public static Programs ofSystem() {
        return new Programs(FOLDERS);
    }

    /**
     * Looks in one folder only.
     *
     * @param folder the folder
     * @return the finder
     */
    public static Programs in(Path folder) {
        return new Programs(List.of(folder));
    }

    /**
     * Finds a program.
     *
     * @param name its file name
     * @return where it is; empty if it is not installed
     */
    public Optional<Path> find(String name) {
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
