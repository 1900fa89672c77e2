package io.pipecat.worldmodel.remote;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.discovery.DiscoveryException;
import io.pipecat.api.discovery.Endpoint;
import io.pipecat.api.discovery.ServiceDiscovery;
import io.pipecat.api.discovery.ServiceName;
import io.pipecat.api.mqtt.MqttLink;
import io.pipecat.testkit.Await;
import io.pipecat.testkit.node.TestNode;
import io.pipecat.worldmodel.house.House;
import io.pipecat.worldmodel.state.TopicStore;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** A node whose world model is somewhere else. */
final class Client implements AutoCloseable {
    static final Pace FAST =
            new Pace(Duration.ofMillis(500), Duration.ofMillis(5), Duration.ofMillis(50), Duration.ofSeconds(2));

    /** Knows what a test says, and takes note of complaints. */
    static final class Directory implements ServiceDiscovery {
        final List<URI> instances = new CopyOnWriteArrayList<>();
        final List<URI> complaints = new CopyOnWriteArrayList<>();
        volatile boolean broken;
        volatile boolean faulty;

        Directory(List<URI> services) {
            instances.addAll(services);
        }

        @Override
        public Optional<Endpoint> find(ServiceName name) throws DiscoveryException {
            return findAll(name).stream().findFirst();
        }

        @Override
        public List<Endpoint> findAll(ServiceName name) throws DiscoveryException {
            if (faulty) {
                throw new IllegalStateException("a fault of the directory");
            }
            if (broken) {
                throw new DiscoveryException("Consul is away.", null);
            }
            return instances.stream()
                    .map(uri -> new Endpoint(uri, "the directory", TestNode.NOW))
                    .toList();
        }

        @Override
        public void reportFailure(ServiceName name, Endpoint endpoint) {
            complaints.add(endpoint.uri());
        }

        @Override
        public String description() {
            return "the directory";
        }

        @Override
        public void close() {}
    }

    final Directory directory;
    final TestNode node;
    final RemoteWorldModel model;

    Client(URI service, Map<String, String> settings) {
        this(List.of(service), settings, Optional.empty(), House.EMPTY);
    }

    Client(List<URI> services, Map<String, String> settings, Optional<MqttLink> link, House house) {
        this(new Directory(services), settings, link, house);
    }

    Client(Directory directory, Map<String, String> settings, Optional<MqttLink> link, House house) {
        this.directory = directory;
        TestNode.Builder builder = TestNode.builder()
                .mode(DeploymentMode.DISTRIBUTED)
                .settings(settings)
                .clock(Clock.systemUTC())
                .discovery(directory);
        link.ifPresent(builder::mqtt);
        node = builder.build();
        model = RemoteWorldModel.open(node, house, new TopicStore.Limits(1000, 1 << 20), FAST);
    }

    static void until(String what, BooleanSupplier condition) {
        Await.until(what, Duration.ofSeconds(60), condition);
    }

    /** Waits until this is the state. */
    void untilState(String json) {
        until("the state is " + json, () -> model.state().toJson().toString().equals(json));
    }

    double connected() {
        return node.metrics().shown("pipecat_world_model_connected", Map.of());
    }

    @Override
    public void close() {
        model.close();
    }
}
