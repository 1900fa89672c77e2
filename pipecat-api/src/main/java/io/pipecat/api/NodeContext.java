package io.pipecat.api;

import io.pipecat.api.discovery.ServiceDiscovery;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.mqtt.MqttLink;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.tool.ToolCatalogue;
import io.pipecat.api.world.WorldModel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The node as its parts see it; every provider's {@code create} gets one. Thread-safe.
 *
 * <p>Roles come into being in the order settings, discovery, broker, world model, language model, tools,
 * endpoints. A part that
 * asks during its own creation for a role that comes later gets an {@link IllegalStateException} that says so; it
 * keeps the context and asks when it is used.
 */
public interface NodeContext {

    /**
     * Returns what the node is.
     *
     * @return name, instance, mode, tier and version
     */
    NodeInfo node();

    /**
     * Returns the effective settings.
     *
     * @return the settings; live ones change
     */
    Settings settings();

    /**
     * Returns where other services are found: overrides first, then what a discovery module knows.
     *
     * @return the discovery; without any module it knows the overrides
     */
    ServiceDiscovery discovery();

    /**
     * Returns the connection to an MQTT broker, which the node opens once for all parts and closes.
     *
     * @return the link; empty if no broker is configured
     */
    default Optional<MqttLink> mqtt() {
        return Optional.empty();
    }

    /**
     * Returns the state of the house.
     *
     * @return the world model; empty if no module provides one and no setting asks for it
     */
    Optional<WorldModel> worldModel();

    /**
     * Returns the language model.
     *
     * @return the model, with whatever fallback is configured behind it
     */
    LLMService llm();

    /**
     * Returns the tools that this node can use.
     *
     * @return the catalogue
     */
    ToolCatalogue tools();

    /**
     * Returns where to count.
     *
     * @return the metrics
     */
    Metrics metrics();

    /**
     * Returns what this process has logged lately.
     *
     * @return the source; empty if whoever started the node keeps none
     */
    default Optional<LogSource> logs() {
        return Optional.empty();
    }

    /**
     * Returns how the node is wired now.
     *
     * @return a snapshot
     */
    Topology topology();

    /**
     * Tells the node and all listeners that something changed. The node logs it.
     *
     * @param event what happened
     */
    void publish(NodeEvent event);

    /**
     * Listens to what changes.
     *
     * @param listener called in order on the thread that publishes; must return quickly
     * @return closing it ends the listening
     */
    Subscription onEvent(Consumer<? super NodeEvent> listener);

    /**
     * Returns the time source. Nothing in a node reads the time otherwise, so that a test can set it. It jumps when somebody sets the
     * machine's clock: see {@link #steadyClock()}.
     *
     * @return the clock, in the node's time zone
     */
    Clock clock();

    /**
     * Returns the time source for what lasts: sessions, idle times, what is tried again after a while. That of a node is a {@link
     * SteadyClock}.
     *
     * @return the clock; {@link #clock()} where a context has no other
     */
    default Clock steadyClock() {
        return clock();
    }

    /**
     * Returns where this node may write. It exists and belongs to this process.
     *
     * @return an absolute path
     */
    Path stateDir();
}
