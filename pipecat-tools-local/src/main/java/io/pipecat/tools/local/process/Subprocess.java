package io.pipecat.tools.local.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A program to run: its arguments go to it as they are, never through a shell, its environment is what is given here and nothing else, and
 * it reads an empty standard input.
 */
public final class Subprocess {
    private static final int DEFAULT_OUTPUT = 64 * 1024;

    /** Looks at a running program and says when it goes too far. */
    public interface Watch {
        /**
         * Looks.
         *
         * @param program the program
         * @return why to stop it; empty to let it go on
         */
        Optional<String> look(ProcessHandle program);
    }

    final List<String> command;
    Map<String, String> environment = Map.of("PATH", Programs.PATH, "LANG", "C.UTF-8");
    Path directory = Path.of("/");
    Optional<Duration> timeout = Optional.empty();
    int outputLimit = DEFAULT_OUTPUT;
    boolean oneStream;
    boolean ownGroup;
    Consumer<? super String> lines = line -> {};
    Watch watch = program -> Optional.empty();

    private Subprocess(List<String> command) {
        this.command = List.copyOf(command);
    }

    /**
     * Starts the description of a program.
     *
     * @param command the program and its arguments
     * @return a description with a small environment, in the folder {@code /}, without a time limit
     */
    public static Subprocess of(List<String> command) {
        return new Subprocess(command);
    }

    /**
     * Sets the whole environment.
     *
     * @param variables the variables
     * @return this
     */
    public Subprocess environment(Map<String, String> variables) {
        this.environment = Map.copyOf(variables);
        return this;
    }

    /**
     * Sets the folder to run in.
     *
     * @param folder the folder
     * @return this
     */
    public Subprocess directory(Path folder) {
        this.directory = folder;
        return this;
    }

    /**
     * Ends the program after some time; the outcome says so.
     *
     * @param limit how long it may run
     * @return this
     */
    public Subprocess timeout(Duration limit) {
        this.timeout = Optional.of(limit);
        return this;
    }

    /**
     * Sets how much of each stream is kept. The rest is read and forgotten.
     *
     * @param bytes the most bytes, at least 2
     * @return this
     */
    public Subprocess outputLimit(int bytes) {
        this.outputLimit = bytes;
        return this;
    }

    /**
     * Reads both streams as one, in the order in which they were written.
     *
     * @return this
     */
    public Subprocess oneStream() {
        this.oneStream = true;
        return this;
    }

    /**
     * Runs the program in a process group of its own, so that what it starts can be ended with it even after its parent has gone. It is
     * asked to end first and forced after a moment. Needs {@code setsid} of util-linux.
     *
     * @return this
     */
    public Subprocess ownGroup() {
        this.ownGroup = true;
        return this;
    }

    /**
     * Tells each line when it is written.
     *
     * @param listener takes a line without its end, cut if it is very long, on a thread of the run
     * @return this
     */
    public Subprocess onLine(Consumer<? super String> listener) {
        this.lines = listener;
        return this;
    }

    /**
     * Has somebody look at the program several times a second.
     *
     * @param watcher says when to stop it
     * @return this
     */
    public Subprocess watch(Watch watcher) {
        this.watch = watcher;
        return this;
    }

    /**
     * Runs the program and waits for its end. However the call ends, the program and its descendants have been killed then.
     *
     * @return how it ended
     * @throws IOException if it cannot be started
     * @throws InterruptedException if the calling thread is interrupted
     */
    public Outcome run() throws IOException, InterruptedException {
        return new SubprocessRun(this).run();
    }

    List<String> commandLine() {
        if (!ownGroup) {
            return command;
        }
        List<String> line = new ArrayList<>();
        line.add(Programs.ofSystem().find("setsid").map(Path::toString).orElse("setsid"));
        line.addAll(command);
        return line;
    }
}
