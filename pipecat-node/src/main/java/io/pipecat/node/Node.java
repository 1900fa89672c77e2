package io.pipecat.node;

import io.pipecat.agent.Conversation;
import io.pipecat.api.NodeContext;
import io.pipecat.api.PipecatException;
import io.pipecat.api.Topology;
import io.pipecat.api.http.Listener;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.tool.ToolCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node: every role served by something, ready to answer. Thread-safe.
 *
 * <p>An application may hold several at once; a model that runs in process is shared between them, as the native
 * library allows one for a process.
 */
public final class Node implements AutoCloseable {
    private final Assembly assembly;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private Optional<Registrations> registrations = Optional.empty();
    private final Map<String, Listener> listeners = new LinkedHashMap<>();

    Node(Assembly assembly) {
        this.assembly = assembly;
    }

    /**
     * Starts a node.
     *
     * @return an empty builder: without anything else it makes a monolith that answers from the built-in model
     */
    public static NodeBuilder builder() {
        return new NodeBuilder();
    }

    /**
     * Returns the version of this software.
     *
     * @return such as {@code 0.1.0}
     */
    public static String version() {
        return Version.VALUE;
    }

    /**
     * Returns the node as its parts see it.
     *
     * @return the context
     */
    public NodeContext context() {
        return assembly.context();
    }

    /**
     * Returns the effective settings.
     *
     * @return the settings with their sources
     */
    public EffectiveSettings settings() {
        return assembly.settings();
    }

    /**
     * Returns how the node is wired now.
     *
     * @return a snapshot
     */
    public Topology topology() {
        return context().topology();
    }

    /**
     * Returns the language model.
     *
     * @return the model
     */
    public LLMService llm() {
        return context().llm();
    }

    /**
     * Makes the language model ready now rather than with the first question, so that what is wrong with it shows. A remote
     * one is not contacted. One that is to answer if the first cannot is made ready in the background.
     *
     * @throws LLMException if it cannot work
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void prepareModel() throws LLMException, InterruptedException {
        assembly.prepareModel();
    }

    /**
     * Returns the tools.
     *
     * @return the catalogue
     */
    public ToolCatalogue tools() {
        return context().tools();
    }

    /**
     * Starts a conversation with this node's model, tools and settings.
     *
     * @return a builder; without an approver, sensitive tool methods are denied unless the settings allow them
     */
    public Conversation.Builder conversation() {
        return Conversation.builder(context());
    }

    /**
     * Opens a listener for each service in {@code serve}, and makes the language model ready if one of them is answered by it. A service
     * that is there by default and whose jar is not on the path is left out. What listens is registered where a cluster looks services up,
     * if the node uses discovery and {@code advertise} allows it. Call once.
     *
     * @return what listens; empty if nothing does
     * @throws PipecatException if one cannot listen; those before it are closed with the node
     * @throws InterruptedException if the calling thread is interrupted
     */
    public synchronized List<Listener> serve() throws PipecatException, InterruptedException {
        if (!listeners.isEmpty()) {
            throw new IllegalStateException("this node serves already");
        }
        if (!assembly.servesWithoutModel()) {
            prepareModel();
        }
        Listeners.open(assembly, opened, listeners);
        registrations = Registrations.open(assembly, listeners);
        registrations.ifPresent(opened::add);
        return List.copyOf(listeners.values());
    }

    /**
     * Stops taking requests, takes back what is registered, and waits for requests that are under way.
     *
     * @param deadline how long to wait before they are interrupted
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void drain(Duration deadline) throws InterruptedException {
        List<Thread> drains = new ArrayList<>();
        synchronized (this) {
            // At the same time: nobody is to be sent here who would be refused.
            registrations.ifPresent(
                    made -> drains.add(Thread.ofVirtual().name("deregister").start(made::close)));
            for (Listener listener : listeners.values()) {
                drains.add(Thread.ofVirtual().name("drain").start(() -> drain(listener, deadline)));
            }
        }
        try {
            for (Thread drain : drains) {
                drain.join();
            }
        } finally {
            drains.forEach(Thread::interrupt);
        }
    }

    private static void drain(Listener listener, Duration deadline) {
        try {
            listener.drain(deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes what listens, then every role in reverse order. Closing twice does nothing. */
    @Override
    public synchronized void close() {
        for (AutoCloseable part : opened.reversed()) {
            Assembly.closeQuietly(part);
        }
        opened.clear();
        listeners.clear();
        assembly.close();
    }
}
