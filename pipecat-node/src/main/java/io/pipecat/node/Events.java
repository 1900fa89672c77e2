package io.pipecat.node;

import io.pipecat.api.NodeEvent;
import io.pipecat.api.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells everybody who listens what changed, one event after the other. */
final class Events {
    private static final Logger LOG = LoggerFactory.getLogger("io.pipecat.events");

    private final List<Consumer<? super NodeEvent>> listeners = new CopyOnWriteArrayList<>();

    Subscription listen(Consumer<? super NodeEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    synchronized void publish(NodeEvent event) {
        switch (event) {
            case NodeEvent.Degraded degraded -> LOG.warn("{}: {}", degraded.role(), degraded.message());
            case NodeEvent.RoleSwitched switched -> LOG.warn("{}", switched.message());
            case NodeEvent.SettingChanged changed -> LOG.info("{}", changed.message());
        }
        for (Consumer<? super NodeEvent> listener : listeners) {
            try {
                listener.accept(event);
            } catch (RuntimeException e) {
                LOG.error("A listener failed on: {}", event.message(), e);
            }
        }
    }
}
