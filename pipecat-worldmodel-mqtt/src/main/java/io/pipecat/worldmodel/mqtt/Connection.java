package io.pipecat.worldmodel.mqtt;

import io.pipecat.api.mqtt.MqttMessage;
import io.pipecat.worldmodel.mqtt.Broker.Version;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A session with what the link knows of it, which is guarded by the link's lock. */
final class Connection implements Session.Events {
    private final Version version;
    private final Inbox inbox;
    private final LinkMetrics metrics;
    private final Session session;
    private final CompletableFuture<Throwable> end = new CompletableFuture<>();
    private Set<String> active = Set.of();
    private int inFlight;

    Connection(SessionConfig config, Version version, Inbox inbox, LinkMetrics metrics) {
        this.version = version;
        this.inbox = inbox;
        this.metrics = metrics;
        this.session = config.open(version, this);
    }

    Session session() {
        return session;
    }

    Version version() {
        return version;
    }

    /** Complete with the cause when it is over. */
    CompletableFuture<Throwable> end() {
        return end;
    }

    @Override
    public void received(MqttMessage message, @Nullable Runnable acknowledge) {
        metrics.received.increment();
        inbox.hear(message, acknowledge);
    }

    @Override
    public void ended(Throwable cause) {
        end.complete(cause);
    }

    /** How many messages the broker has not confirmed yet. */
    int inFlight() {
        return inFlight;
    }

    void sent() {
        inFlight++;
    }

    void settled() {
        inFlight--;
    }

    /** What the broker was asked for. */
    Set<String> active() {
        return active;
    }

    void setActive(Collection<String> filters) {
        active = new LinkedHashSet<>(filters);
    }
}
