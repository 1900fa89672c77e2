package io.pipecat.endpoint.mcp;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The clients that have introduced themselves. Thread-safe. */
final class ClientSessions implements AutoCloseable {
    /** A session is small; this many are a client that introduces itself for every call. */
    static final int MAX = 1000;

    private final Clock clock;
    private final Duration idle;
    private final Supplier<String> ids;
    private final Map<String, ClientSession> sessions = new ConcurrentHashMap<>();

    ClientSessions(Clock clock, Duration idle, Supplier<String> ids) {
        this.clock = clock;
        this.idle = idle;
        this.ids = ids;
    }

    ClientSession open(String principal, String version) {
        Instant now = clock.instant();
        sessions.values().removeIf(session -> session.idleSince(now.minus(idle)));
        if (sessions.size() >= MAX) {
            sessions.values().stream()
                    .filter(session -> session.idleSince(now))
                    .min(Comparator.comparing(ClientSession::lastUsed))
                    .ifPresent(oldest -> sessions.remove(oldest.id()));
        }
        ClientSession session = new ClientSession(ids.get(), principal, version, now);
        sessions.put(session.id(), session);
        return session;
    }

    /** Returns a session of this principal; to others it is as if it were not there. */
    Optional<ClientSession> find(String id, String principal) {
        Instant now = clock.instant();
        Optional<ClientSession> found = Optional.ofNullable(sessions.get(id))
                .filter(session -> session.principal().equals(principal))
                .filter(session -> !session.idleSince(now.minus(idle)));
        found.ifPresent(session -> session.use(now));
        return found;
    }

    void end(ClientSession session) {
        sessions.remove(session.id());
        session.cancelAll();
    }

    @Override
    public void close() {
        sessions.values().forEach(ClientSession::cancelAll);
        sessions.clear();
    }
}
