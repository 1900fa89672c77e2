package io.pipecat.launcher;

import io.pipecat.api.http.Listener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tells scripts beside a node that it is ready and where it listens: {@code <state_dir>/run/listening} holds one address a line, and
 * is there only while the node runs.
 */
record ReadyFile(Path file) implements AutoCloseable {

    static ReadyFile write(Path stateDir, List<Listener> listeners) throws IOException {
        Path folder = Files.createDirectories(stateDir.resolve("run"));
        Path file = folder.resolve("listening");
        Path made = Files.createTempFile(folder, "listening", "");
        String lines =
                listeners.stream().map(listener -> listener.address() + "\n").collect(Collectors.joining());
        Files.writeString(made, lines);
        // At once: who reads it must never see half of it.
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        return new ReadyFile(file);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
