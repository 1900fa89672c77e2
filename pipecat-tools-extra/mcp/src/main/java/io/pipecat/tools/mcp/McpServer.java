package io.pipecat.tools.mcp;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.tools.mcp.McpException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the session with one server: opens it, learns what the server offers, notices its end, opens it again. Thread-safe. */
final class McpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(McpServer.class);
    private static final String CLOSING = "this node is closing";
    private static final int MAX_TOOLS = 1000;
    private static final Duration STABLE = Duration.ofMinutes(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    /**
     * What a server is kept with.
     *
     * @param version of this node
     * @param startTimeout how long it may take to be ready
     * @param toolTimeout how long a call may take, if that is set
     * @param backoff how long to wait before it is tried again
     * @param clock the time
     * @param cache where its catalogue is kept
     * @param onTrouble told when it goes away or cannot be reached, once until it is back
     */
    record Care(
            String version,
            Duration startTimeout,
            Optional<Duration> toolTimeout,
            Backoff backoff,
            Clock clock,
            CatalogueCache cache,
            Consumer<String> onTrouble) {}

    private enum State {
        CONNECTING,
        CONNECTED,
        WAITING,
        CLOSED
    }

    private final ServerEntry entry;
    private final Supplier<Transport> transports;
    private final Care care;
    private final Thread keeper;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private State state = State.CONNECTING;
    private @Nullable Session session;
    private @Nullable Session opening;
    private String trouble = "";
    private boolean told;
    private boolean toolsChanged;
    private boolean tryNow;
    private long attempts;
    private volatile Catalogue catalogue;

    McpServer(ServerEntry entry, Supplier<Transport> transports, Care care) {
        this.entry = entry;
        this.transports = transports;
        this.care = care;
        this.catalogue = care.cache().read(entry, care.toolTimeout()).orElseGet(() -> Catalogue.empty(entry.name()));
        this.keeper = Thread.ofVirtual().name("mcp-" + entry.name() + "-keeper").unstarted(this::keep);
    }

    /** Begins to keep the session. */
    void start() {
        keeper.start();
    }

    String name() {
        return entry.name();
    }

    /** Waits until it is known what the server offers or offered, or that it cannot be asked now. */
    void awaitKnown(Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            while (catalogue.spec().methods().isEmpty() && state == State.CONNECTING && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** What the server offers, or offered when it was last seen. */
    Catalogue catalogue() {
        return catalogue;
    }

    private void keep() {
        int failures = 0;
        try {
            while (!isClosed()) {
                Instant begin = care.clock().instant();
                String problem = connectAndStay();
                failures = care.clock().instant().isAfter(begin.plus(STABLE)) ? 1 : failures + 1;
                report(problem);
                awaitNextTry(care.backoff().after(failures));
            }
        } catch (InterruptedException e) {
            LOG.warn(
                    "MCP server {}: the thread that keeps it was interrupted, so it is not kept any more",
                    entry.name());
            Thread.currentThread().interrupt();
        }
    }

    /** Returns why the server is gone. */
    private String connectAndStay() throws InterruptedException {
        try (Session opened = new Session(entry.name(), transports.get(), this::toolsChanged, this::wake)) {
            enter(opened);
            JsonObject about = opened.initialize(care.version(), care.startTimeout());
            load(opened, about);
            become(State.CONNECTED, opened, "");
            LOG.info(
                    "MCP server {}: {} tools",
                    entry.name(),
                    catalogue.spec().methods().size());
            while (awaitChange(opened)) {
                load(opened, about);
            }
            String end = opened.ended();
            return end == null ? CLOSING : end;
        } catch (McpException e) {
            return e.problem();
        } catch (RuntimeException e) {
            // Whatever a server makes this node stumble over, the next try may go better, and the other servers matter.
            LOG.error("MCP server {}: its session failed in a way that it should not", entry.name(), e);
            return "its session failed: " + e;
        }
    }

    private void enter(Session opened) {
        lock.lock();
        try {
            opening = opened;
            if (state == State.CLOSED) {
                opened.closed(CLOSING);
            }
        } finally {
            lock.unlock();
        }
    }

    private void load(Session opened, JsonObject about) throws McpException, InterruptedException {
        lock.lock();
        try {
            toolsChanged = false;
        } finally {
            lock.unlock();
        }
        List<JsonValue> tools = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        String cursor = "";
        do {
            JsonObject params = cursor.isEmpty() ? JsonObject.EMPTY : JsonObject.of("cursor", cursor);
            JsonObject page = opened.request("tools/list", params, care.startTimeout(), progress -> {});
            tools.addAll(page.array("tools")
                    .orElseThrow(() -> new McpException(Kind.UNREADABLE, "its list of tools is none"))
                    .elements());
            cursor = page.string("nextCursor").orElse("");
        } while (!cursor.isEmpty() && seen.add(cursor) && tools.size() < MAX_TOOLS);
        Catalogue loaded = Catalogue.of(entry.name(), about, new JsonArray(tools), care.toolTimeout());
        if (!loaded.equals(catalogue)) {
            catalogue = loaded;
            care.cache().write(entry, loaded);
        }
    }

    private void toolsChanged() {
        lock.lock();
        try {
            toolsChanged = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the tools have changed; else the session is over. */
    private boolean awaitChange(Session opened) throws InterruptedException {
        lock.lock();
        try {
            while (!toolsChanged && opened.ended() == null && state != State.CLOSED) {
                changed.await();
            }
            return opened.ended() == null && state != State.CLOSED;
        } finally {
            lock.unlock();
        }
    }

    private void become(State next, @Nullable Session current, String problem) {
        lock.lock();
        try {
            if (state != State.CLOSED) {
                state = next;
                session = current;
                trouble = problem;
                told = told && next != State.CONNECTED;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void report(String problem) {
        boolean first;
        lock.lock();
        try {
            attempts++;
            first = !told && state != State.CLOSED;
            told = true;
        } finally {
            lock.unlock();
        }
        become(State.WAITING, null, problem);
        if (first) {
            care.onTrouble().accept(problem);
        } else {
            LOG.debug("MCP server {}: {}", entry.name(), problem);
        }
    }

    private void awaitNextTry(Duration wait) throws InterruptedException {
        lock.lock();
        try {
            long left = wait.toNanos();
            while (!tryNow && left > 0 && state != State.CLOSED) {
                left = changed.awaitNanos(left);
            }
            tryNow = false;
        } finally {
            lock.unlock();
        }
        become(State.CONNECTING, null, "");
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return state == State.CLOSED;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the session. Where there is none, has the server tried at once and waits for how that goes.
     *
     * @throws McpException if there is none; nothing was sent
     */
    Session session(Duration timeout) throws McpException, InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = timeout.toNanos();
            // That a session is over, which the keeper may be about to notice, is no try that failed.
            long tries = session != null && session.ended() != null ? attempts + 1 : attempts;
            while (session == null || session.ended() != null) {
                if (state == State.CLOSED) {
                    throw new McpException(Kind.NOT_SENT, CLOSING);
                }
                if (state == State.WAITING && attempts > tries) {
                    throw new McpException(Kind.NOT_SENT, trouble);
                }
                if (left <= 0) {
                    throw new McpException(Kind.NOT_SENT, "it was not ready within " + timeout.toMillis() + " ms");
                }
                if (state == State.WAITING) {
                    tryNow = true;
                    changed.signalAll();
                }
                left = changed.awaitNanos(left);
            }
            return session;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the session, and the server if it is a program that this node started. */
    @Override
    public void close() {
        Session running;
        lock.lock();
        try {
            state = State.CLOSED;
            session = null;
            running = opening;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        // Not by interruption: the keeper is to end the server in peace, whatever it was doing.
        if (running != null) {
            running.closed(CLOSING);
        }
        try {
            keeper.join(CLOSE_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
