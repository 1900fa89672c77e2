package io.pipecat.launcher;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells a waiting person what is going on: nothing for two seconds, then a line on standard error with the seconds, which
 * goes away when there is something to read. Shown on a terminal only.
 */
final class Progress implements AutoCloseable {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final Console console;
    private final ScheduledExecutorService timer;
    private String doing;
    private int seconds;
    private boolean shown;
    private boolean hidden;
    private boolean held;

    private Progress(Console console, String doing) {
        this.console = console;
        this.doing = doing;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("progress").factory());
        if (console.interactive()) {
            var unused = timer.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
        }
    }

    static Progress start(Console console, String doing) {
        return new Progress(console, doing);
    }

    private synchronized void tick() {
        seconds++;
        if (!hidden && !held && seconds >= 2) {
            console.err().print(CLEAR_LINE + console.dim(doing + " (" + seconds + " s)"));
            console.err().flush();
            shown = true;
        }
    }

    synchronized void say(String what) {
        doing = what;
        hidden = false;
    }

    /** Something new is waited for, from now on. */
    synchronized void restart(String what) {
        doing = what;
        seconds = 0;
        hidden = false;
    }

    /** Somebody is asked: nothing is shown until {@link #release}, whatever else goes on. */
    synchronized void hold() {
        hide();
        held = true;
    }

    synchronized void release() {
        held = false;
    }

    /** Prints a line that stays. */
    synchronized void print(String line) {
        hide();
        console.err().println(line);
        hidden = false;
    }

    synchronized void hide() {
        hidden = true;
        if (shown) {
            console.err().print(CLEAR_LINE);
            console.err().flush();
            shown = false;
        }
    }

    @Override
    public void close() {
        hide();
        timer.shutdownNow();
    }
}
