package io.pipecat.endpoint.web;

import io.pipecat.api.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a message costs that is kept: a line of a conversation's journal, which is on the disk before it returns. */
@State(Scope.Benchmark)
public class StoreBenchmark {
    private final JsonObject line = JsonObject.builder()
            .put("type", "message")
            .put("role", "user")
            .put("text", "Is the light in the kitchen on?")
            .put("time", "2026-11-29T12:00:00Z")
            .build();
    private Path folder;
    private Journal journal;

    @Setup(Level.Iteration)
    public void create() throws IOException {
        folder = Files.createTempDirectory("pipecat-jmh");
        journal = new Journal(folder.resolve("journal"));
        journal.create();
    }

    @TearDown(Level.Iteration)
    public void delete() throws IOException {
        Files.delete(folder.resolve("journal"));
        Files.delete(folder);
    }

    @Benchmark
    public void append() throws IOException {
        journal.append(line);
    }
}
