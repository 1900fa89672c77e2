package io.pipecat.tools.remote;

import io.pipecat.api.NodeContext;
import io.pipecat.api.NodeEvent;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolSpec;
import io.pipecat.tools.remote.CatalogueClient.Fetched;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what the tool server offers current, on a thread of its own: at the start, from time to time, after a call that the server did not
 * know, and more often while it is away, so that its return is noticed.
 */
final class CatalogueKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogueKeeper.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    /**
     * What is known now.
     *
     * @param specs the tools
     * @param asOf when the server said so; empty if it never did
     * @param place where the server is, for people; empty if none is known
     * @param problem why the server could not be asked last time
     */
    record State(List<ToolSpec> specs, Optional<Instant> asOf, String place, Optional<String> problem) {
        static final State UNKNOWN = new State(List.of(), Optional.empty(), "", Optional.empty());
    }

    private final NodeContext node;
    private final Servers servers;
    private final CatalogueClient client;
    private final CatalogueFile file;
    private final Duration interval;
    private final Consumer<State> onChange;
    private final Semaphore wanted = new Semaphore(0);
    private final Thread thread;
    private State state = State.UNKNOWN;
    private String identity;
    private Optional<CatalogueFile.Kept> kept;
    private long attempts;

    CatalogueKeeper(
            NodeContext node, Servers servers, CatalogueClient client, Duration interval, Consumer<State> onChange) {
        this.node = node;
        this.servers = servers;
        this.client = client;
        this.file = new CatalogueFile(node.stateDir());
        this.interval = interval;
        this.onChange = onChange;
        this.identity = servers.identity();
        this.kept = file.read(identity);
        kept.ifPresent(
                old -> state = new State(Catalogue.read(old.tools()), Optional.of(old.asOf()), "", Optional.empty()));
        onChange.accept(state);
        this.thread = Thread.ofVirtual().name("pipecat-tool-catalogue").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    synchronized State state() {
        return state;
    }

    /** Asks the server soon. */
    void refresh() {
        wanted.release();
    }

    /**
     * Waits until the server has been asked so often, whether it answered or not.
     *
     * @return whether it was asked in time
     */
    synchronized boolean awaitAttempts(long number, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (attempts < number) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    synchronized long attempts() {
        return attempts;
    }

    /** Returns why nothing is known where there is no problem either. */
    synchronized String silence() {
        if (attempts > 0) {
            return "no tool server is known";
        }
        return client.asked()
                .map(server -> "the one at " + server.display() + " has not answered yet")
                .orElse("not asked yet");
    }

    private void run() {
        Duration retry = FIRST_RETRY;
        try {
            while (true) {
                boolean reached = ask();
                Duration wait = reached || retry.compareTo(interval) > 0 ? interval : retry;
                retry = reached ? FIRST_RETRY : retry.multipliedBy(2);
                if (wanted.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                    wanted.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            LOG.trace("no longer looking for what the tool server offers", e);
        }
    }

    private boolean ask() throws InterruptedException {
        forgetOtherServer();
        boolean reached = false;
        try {
            Optional<Fetched> fetched = client.fetch();
            reached = fetched.isPresent();
            fetched.ifPresentOrElse(this::take, this::noServer);
        } catch (ToolException e) {
            takeProblem(e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Looking for what the tool server offers failed in a way that it should not", e);
            takeProblem("Looking for what the tool server offers failed: " + e);
        } finally {
            synchronized (this) {
                attempts++;
                notifyAll();
            }
        }
        return reached;
    }

    /** A live setting may lead to another server, whose tools are not those of the last one. */
    private void forgetOtherServer() {
        String now = servers.identity();
        if (!now.equals(identity)) {
            identity = now;
            kept = file.read(now);
            State known = kept.map(old ->
                            new State(Catalogue.read(old.tools()), Optional.of(old.asOf()), "", Optional.empty()))
                    .orElse(State.UNKNOWN);
            change(known);
        }
    }

    private void take(Fetched fetched) {
        Instant now = node.clock().instant();
        boolean same = kept.map(CatalogueFile.Kept::tools).equals(Optional.of(fetched.tools()));
        CatalogueFile.Kept current = new CatalogueFile.Kept(fetched.tools(), now);
        if (!same) {
            file.write(identity, current);
        }
        kept = Optional.of(current);
        State before = state();
        List<ToolSpec> specs = same && before.asOf().isPresent() ? before.specs() : Catalogue.read(fetched.tools());
        change(new State(specs, Optional.of(now), fetched.server().display(), Optional.empty()));
        if (before.problem().isPresent()) {
            LOG.info("The tool server at {} answers.", fetched.server().display());
        }
    }

    private void noServer() {
        State before = state();
        change(new State(before.specs(), before.asOf(), "", Optional.empty()));
    }

    private void takeProblem(String message) {
        State before = state();
        change(new State(before.specs(), before.asOf(), before.place(), Optional.of(message)));
        if (before.problem().isEmpty()) {
            node.publish(new NodeEvent.Degraded(node.clock().instant(), "tool-server", message));
        }
    }

    private void change(State next) {
        synchronized (this) {
            state = next;
        }
        onChange.accept(next);
    }

    /** Ends the thread and waits for it. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(CLOSE_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
