package io.pipecat.launcher;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.pipecat.api.LogSource;
import io.pipecat.api.Subscription;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Keeps the latest lines of the log in memory, so that they can be looked at in a browser. Filled from the first line on, before there is a node. */
final class LogRing extends AppenderBase<ILoggingEvent> implements LogSource {
    private static final int LINES = 2000;
    private static final int LONGEST = 4000;
    private static final LogRing OF_PROCESS = new LogRing();

    private final Deque<Entry> lines = new ArrayDeque<>();
    private final List<Consumer<? super Entry>> followers = new CopyOnWriteArrayList<>();

    private LogRing() {}

    /** Returns the one of this process: logback makes its own parts, and there is one logback. */
    static LogRing ofProcess() {
        return OF_PROCESS;
    }

    @Override
    protected void append(ILoggingEvent event) {
        String message = String.valueOf(event.getFormattedMessage());
        if (event.getThrowableProxy() != null) {
            message += " (" + event.getThrowableProxy().getClassName() + ": "
                    + event.getThrowableProxy().getMessage() + ")";
        }
        Entry entry = new Entry(
                event.getInstant(),
                event.getLevel().toString().toLowerCase(Locale.ROOT),
                event.getLoggerName(),
                message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message,
                String.valueOf(event.getThreadName()));
        synchronized (lines) {
            if (lines.size() >= LINES) {
                lines.removeFirst();
            }
            lines.addLast(entry);
        }
        followers.forEach(follower -> follower.accept(entry));
    }

    @Override
    public List<Entry> recent() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    @Override
    public Subscription follow(Consumer<? super Entry> listener) {
        followers.add(listener);
        return () -> followers.remove(listener);
    }
}
