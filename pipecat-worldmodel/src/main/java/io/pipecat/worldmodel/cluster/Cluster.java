package io.pipecat.worldmodel.cluster;

import io.pipecat.api.NodeContext;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.world.Agent;
import io.pipecat.api.world.ClusterNode;
import io.pipecat.api.world.JobRequest;
import io.pipecat.api.world.JobTicket;
import io.pipecat.api.world.WorldModelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Scheduler and service catalogue, where they are configured. Thread-safe. */
public final class Cluster implements AutoCloseable {
    private final Optional<Nomad> nomad;
    private final Optional<Consul> consul;
    private final Duration interval;

    private Cluster(Optional<Nomad> nomad, Optional<Consul> consul, Duration interval) {
        this.nomad = nomad;
        this.consul = consul;
        this.interval = interval;
    }

    /**
     * Reads where they are. Contacts nothing.
     *
     * @param context the node
     * @return what there is
     * @throws WorldModelException if the authorities for Consul cannot be read
     */
    public static Cluster of(NodeContext context) throws WorldModelException {
        return new Cluster(
                Nomad.of(context.settings()),
                Consul.of(context.settings(), context.node().mode()),
                context.settings().get(ClusterSettings.REFRESH));
    }

    /**
     * Returns whether there is anything to ask.
     *
     * @return whether scheduler or catalogue are configured
     */
    public boolean isConfigured() {
        return nomad.isPresent() || consul.isPresent();
    }

    /**
     * Returns how often to ask.
     *
     * @return the time between two questions
     */
    public Duration interval() {
        return interval;
    }

    /**
     * Asks all of them.
     *
     * @param nodes gets the machines, if the scheduler says
     * @param agents gets the services, if the catalogue says
     * @throws WorldModelException if one cannot be reached; the other was asked nevertheless
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void ask(Consumer<List<ClusterNode>> nodes, Consumer<List<Agent>> agents)
            throws WorldModelException, InterruptedException {
        WorldModelException failure = null;
        if (nomad.isPresent()) {
            try {
                nodes.accept(nomad.get().nodes());
            } catch (WorldModelException e) {
                failure = e;
            }
        }
        if (consul.isPresent()) {
            try {
                agents.accept(consul.get().agents());
            } catch (WorldModelException e) {
                failure = both(failure, e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static WorldModelException both(@Nullable WorldModelException first, WorldModelException second) {
        if (first == null) {
            return second;
        }
        WorldModelException both = new WorldModelException(first.getMessage() + " " + second.getMessage(), first);
        both.addSuppressed(second);
        return both;
    }

    /**
     * Has a job run.
     *
     * @param job the job
     * @return the scheduler's answer
     * @throws WorldModelException if there is no scheduler, or it cannot be reached or refuses
     * @throws InterruptedException if the calling thread is interrupted
     */
    public JobTicket dispatch(JobRequest job) throws WorldModelException, InterruptedException {
        if (nomad.isEmpty()) {
            throw new WorldModelException(
                    "There is no cluster to run the job on: set nomad_addr to where Nomad is, such as"
                            + " http://core:4646.",
                    null);
        }
        return nomad.get().dispatch(job);
    }

    /**
     * Puts what the scheduler says to the machines that are defined.
     *
     * @param defined the machines of the ontology, whose order and names stay
     * @param asked what the scheduler says
     * @return the defined ones with what the scheduler knows of them, by id or name, then the others by name
     */
    public static List<ClusterNode> nodes(List<ClusterNode> defined, List<ClusterNode> asked) {
        List<ClusterNode> rest = new ArrayList<>(asked);
        rest.sort(Comparator.comparing(ClusterNode::name).thenComparing(ClusterNode::id));
        List<ClusterNode> all = new ArrayList<>();
        for (ClusterNode node : defined) {
            Optional<ClusterNode> known =
                    rest.stream().filter(other -> same(node, other)).findFirst();
            known.ifPresent(rest::remove);
            all.add(known.map(other -> new ClusterNode(
                            other.id(), node.name(), other.status(), merged(node.detail(), other.detail())))
                    .orElse(node));
        }
        all.addAll(rest);
        return all;
    }

    private static boolean same(ClusterNode defined, ClusterNode asked) {
        return defined.id().equals(asked.id())
                || defined.id().equalsIgnoreCase(asked.name())
                || defined.name().equalsIgnoreCase(asked.name());
    }

    /**
     * Puts what the catalogue says to the services that are defined.
     *
     * @param defined the services of the ontology, whose order and names stay
     * @param asked what the catalogue says
     * @return the defined ones with what the catalogue knows of them, then the others by id
     */
    public static List<Agent> agents(List<Agent> defined, List<Agent> asked) {
        List<Agent> rest = new ArrayList<>(asked);
        rest.sort(Comparator.comparing(Agent::id));
        List<Agent> all = new ArrayList<>();
        for (Agent agent : defined) {
            Optional<Agent> known = rest.stream()
                    .filter(other -> agent.id().equals(other.id()) || agent.id().equals(other.name()))
                    .findFirst();
            known.ifPresent(rest::remove);
            all.add(known.map(other -> new Agent(agent.id(), agent.name(), merged(agent.detail(), other.detail())))
                    .orElse(agent));
        }
        all.addAll(rest);
        return all;
    }

    private static JsonObject merged(JsonObject defined, JsonObject asked) {
        JsonObject.Builder merged = defined.toBuilder();
        asked.members().forEach(merged::put);
        return merged.build();
    }

    @Override
    public void close() {
        nomad.ifPresent(Nomad::close);
        consul.ifPresent(Consul::close);
    }
}
