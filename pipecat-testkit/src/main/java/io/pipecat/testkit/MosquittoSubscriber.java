package io.pipecat.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assertions;

/** A mosquitto_sub that runs, and what it has heard. */
public final class MosquittoSubscriber implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private MosquittoSubscriber(Process process) {
        this.process = process;
    }

    static MosquittoSubscriber start(List<String> command) {
        MosquittoSubscriber subscriber;
        // Into a pipe it would write by the block.
        List<String> unbuffered = Programs.concat(List.of("stdbuf", "-oL"), command, List.of());
        try {
            // With -d it tells of its own doings on the same stream, of which the confirmation is wanted.
            subscriber = new MosquittoSubscriber(
                    new ProcessBuilder(unbuffered).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("mosquitto_sub").start(subscriber::read);
        subscriber.awaitLine("the subscription", line -> line.startsWith("Subscribed (mid"));
        return subscriber;
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            String line = reader.readLine();
            while (line != null) {
                lines.add(line);
                line = reader.readLine();
            }
        } catch (IOException e) {
            lines.add("(no more: " + e.getMessage() + ")");
        }
    }

    /**
     * Returns what it has heard so far.
     *
     * @return a line {@code topic payload} for each message, among lines of mosquitto_sub about itself
     */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /**
     * Waits for a message; fails the test where it does not come.
     *
     * @param line topic, blank, payload
     */
    public void await(String line) {
        awaitLine(line, line::equals);
    }

    private void awaitLine(String what, Predicate<String> wanted) {
        if (!Await.holds(PATIENCE, () -> lines.stream().anyMatch(wanted))) {
            Assertions.fail("mosquitto_sub did not hear " + what + " but " + lines);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
