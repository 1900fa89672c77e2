package io.pipecat.discovery.consul;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.NodeEvent;
import io.pipecat.api.discovery.DiscoveryException;
import io.pipecat.api.discovery.Endpoint;
import io.pipecat.api.discovery.ServiceDiscovery;
import io.pipecat.api.discovery.ServiceName;
import io.pipecat.testkit.Consul;
import io.pipecat.testkit.node.TestNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real Consul. */
class ConsulDiscoveryTest {
    private static final ServiceName LLM = ServiceName.LLM;

    /** A clock that a test sets. */
    private static final class TestClock extends Clock {
        private final Supplier<Instant> time;

        TestClock(Supplier<Instant> time) {
            this.time = time;
        }

        @Override
        public Instant instant() {
            return time.get();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @TempDir
    private Path folder;

    private Consul consul;
    private TestNode node;
    private ServiceDiscovery discovery;

    @BeforeEach
    void start() throws Exception {
        consul = Consul.start(folder);
        node = Nodes.of(consul);
        discovery = new ConsulDiscoveryProvider().create(node);
    }

    @AfterEach
    void stop() {
        discovery.close();
        consul.close();
    }

    private void register(String id, String address, int port) throws Exception {
        consul.register(LLM.value(), id, address, port);
    }

    private List<String> found() throws Exception {
        return Nodes.uris(discovery.findAll(LLM));
    }

    @Test
    void findsWhoIsPassingAndHearsOfChanges() throws Exception {
        register("a", "10.0.0.1", 8080);
        register("b", "10.0.0.2", 8080);
        assertEquals(List.of("http://10.0.0.1:8080", "http://10.0.0.2:8080"), found());
        consul.setHealthy("a", false);
        Await.until("only the healthy one", () -> found().equals(List.of("http://10.0.0.2:8080")));
        consul.setHealthy("a", true);
        Await.until("both again", () -> found().size() == 2);
        consul.deregister("a");
        consul.deregister("b");
        Await.until("none", () -> discovery.find(LLM).isEmpty());
        assertTrue(node.events().isEmpty(), () -> Nodes.messages(node).toString());
    }

    @Test
    void takesTheNodesAddressForAnEmptyOneAndPutsIpv6InBrackets() throws Exception {
        register("a", "", 8080);
        register("b", "2001:db8::5", 8081);
        register("c", "core.example", 8082);
        assertEquals(
                List.of("http://127.0.0.1:8080", "http://[2001:db8::5]:8081", "http://core.example:8082"), found());
    }

    @Test
    void leavesOutWhatNobodyCanReach() throws Exception {
        consul.register("{\"Name\": \"" + LLM + "\", \"ID\": \"portless\", \"Address\": \"10.0.0.1\"}");
        register("odd", "not an address", 80);
        assertEquals(List.of(), found());
        assertTrue(discovery.absence(LLM).contains("'odd' at 'not an address:80'"), discovery.absence(LLM));
    }

    @Test
    void speaksHttpsWhereTheServiceSaysSo() throws Exception {
        consul.register("{\"Name\": \"" + LLM
                + "\", \"Address\": \"10.0.0.1\", \"Port\": 443, \"Meta\": {\"scheme\": \"https\"}}");
        assertEquals(List.of("https://10.0.0.1:443"), found());
    }

    @Test
    void spreadsCallsAndAvoidsWhoFailed() throws Exception {
        for (int i = 1; i <= 3; i++) {
            register("i" + i, "10.0.0." + i, 8080);
        }
        List<URI> chosen = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            chosen.add(discovery.find(LLM).orElseThrow().uri());
        }
        for (int i = 1; i <= 3; i++) {
            assertEquals(10, Collections.frequency(chosen, URI.create("http://10.0.0." + i + ":8080")));
        }
        Endpoint bad = discovery.find(LLM).orElseThrow();
        discovery.reportFailure(LLM, bad);
        for (int i = 0; i < 10; i++) {
            List<Endpoint> all = discovery.findAll(LLM);
            assertFalse(all.getFirst().uri().equals(bad.uri()));
            assertEquals(bad.uri(), all.getLast().uri(), "it is still there as a last resort");
        }
    }

    @Test
    void whoFailedIsAskedAgainHoweverTheClockIsSet() throws Exception {
        AtomicReference<Instant> wall = new AtomicReference<>(TestNode.NOW);
        AtomicReference<Instant> steady = new AtomicReference<>(TestNode.NOW);
        discovery.close();
        node = Nodes.of(consul, new TestClock(wall::get), new TestClock(steady::get));
        discovery = new ConsulDiscoveryProvider().create(node);
        register("a", "10.0.0.1", 8080);
        register("b", "10.0.0.2", 8080);
        Await.until("both", () -> found().size() == 2);
        Endpoint bad = discovery.find(LLM).orElseThrow();
        discovery.reportFailure(LLM, bad);
        wall.set(TestNode.NOW.plus(Duration.ofHours(5)));
        for (int i = 0; i < 4; i++) {
            assertFalse(discovery.find(LLM).orElseThrow().uri().equals(bad.uri()), "it rests");
        }
        wall.set(TestNode.NOW.minus(Duration.ofHours(5)));
        steady.set(TestNode.NOW.plus(Balance.FIRST_REST));
        List<URI> chosen = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            chosen.add(discovery.find(LLM).orElseThrow().uri());
        }
        assertEquals(2, Collections.frequency(chosen, bad.uri()), chosen.toString());
    }

    /** Whoever has found one looks who else there is, for the case that it does not work. */
    @Test
    void spreadsTheCallsOfThoseWhoLookAtAllOfThemInBetween() throws Exception {
        register("a", "10.0.0.1", 8080);
        register("b", "10.0.0.2", 8080);
        List<URI> chosen = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            URI one = discovery.find(LLM).orElseThrow().uri();
            chosen.add(one);
            assertFalse(discovery.findAll(LLM).getFirst().uri().equals(one), "the other comes first now");
        }
        assertEquals(5, Collections.frequency(chosen, URI.create("http://10.0.0.1:8080")), chosen.toString());
    }

    @Test
    void neverFindsThisNodeItself() throws Exception {
        consul.register(
                "{\"Name\": \"" + LLM + "\", \"ID\": \"me\", \"Address\": \"10.0.0.1\", \"Port\": 80, \"Meta\": {\""
                        + Found.INSTANCE + "\": \"" + TestNode.INSTANCE + "\"}}");
        assertEquals(Optional.empty(), discovery.find(LLM));
        assertEquals(
                "Consul at 127.0.0.1:" + consul.port() + " answers, but the only instance of " + LLM
                        + " is this node itself",
                discovery.absence(LLM));
    }

    @Test
    void saysWhatWasFoundInstead() throws Exception {
        assertEquals(
                "Consul at 127.0.0.1:" + consul.port() + " answers, but knows no instance of " + LLM,
                discovery.absence(LLM));
        register("a", "10.0.0.1", 8080);
        consul.setHealthy("a", false);
        assertEquals(
                "Consul at 127.0.0.1:" + consul.port() + " answers, but no instance of " + LLM
                        + " is passing; 1 critical",
                discovery.absence(LLM));
    }

    @Test
    void usesTheLastKnownWhileConsulIsAwayAndTellsTheirAge() throws Exception {
        register("a", "10.0.0.1", 8080);
        Endpoint before = discovery.find(LLM).orElseThrow();
        assertFalse(before.asOf().isBefore(Instant.now().minusSeconds(10)));
        consul.stop();
        Await.until("the outage is noticed", () -> node.events().size() == 1);
        assertTrue(
                Nodes.messages(node).getFirst().startsWith("Consul at 127.0.0.1:" + consul.port()),
                () -> Nodes.messages(node).toString());
        Endpoint during = discovery.find(LLM).orElseThrow();
        assertEquals(before.uri(), during.uri());
        Instant asOf = during.asOf();
        Await.until("time goes on", () -> Instant.now().isAfter(asOf.plusMillis(50)));
        assertEquals(asOf, discovery.find(LLM).orElseThrow().asOf(), "it grows old");
        assertEquals(0, node.metrics().shown("pipecat_discovery_up", Map.of()));
        consul.restart();
        register("b", "10.0.0.2", 8080);
        Await.until(
                "the restarted Consul counts, whose index is lower",
                () -> found().equals(List.of("http://10.0.0.2:8080")));
        assertTrue(
                node.events().getLast() instanceof NodeEvent.RoleSwitched,
                () -> Nodes.messages(node).toString());
        assertEquals(2, node.events().size());
    }

    /** Nobody talks to a house at night, and its Consul may be away in the morning. */
    @Test
    void whatNobodyAskedForOverNightIsKnownStillWhenConsulIsAwayThen() throws Exception {
        discovery.close();
        AtomicReference<Instant> time = new AtomicReference<>(Instant.now());
        node = Nodes.of(consul, new TestClock(time::get));
        discovery = new ConsulDiscoveryProvider().create(node);
        register("a", "10.0.0.1", 8080);
        Endpoint before = discovery.find(LLM).orElseThrow();
        time.set(time.get().plus(Duration.ofHours(9)));
        ServiceName other = new ServiceName("other");
        assertTrue(discovery.find(other).isEmpty());
        // News of the one that nobody asks for any more come with news of the other.
        register("b", "10.0.0.2", 8080);
        consul.register(other.value(), "other", "10.0.0.3", 80);
        Await.until("there are news", () -> discovery.find(other).isPresent());
        consul.stop();
        Await.until("the outage is noticed", () -> node.events().size() == 1);
        assertTrue(found().contains(before.uri().toString()));
    }

    @Test
    void saysWhatIsWrongIfConsulWasNeverThere() throws Exception {
        consul.stop();
        DiscoveryException e = assertThrows(DiscoveryException.class, () -> discovery.find(LLM));
        assertTrue(
                e.getMessage()
                                .contains("Consul at 127.0.0.1:" + consul.port()
                                        + " cannot be reached (Connection refused)")
                        && e.getMessage().contains("CONSUL_HOST"),
                e.getMessage());
        consul.restart();
        register("a", "10.0.0.1", 8080);
        Await.until("it recovers by itself", () -> {
            try {
                return discovery.find(LLM).isPresent();
            } catch (DiscoveryException away) {
                return false;
            }
        });
    }

    @Test
    void lookupThatWaitsCanBeInterrupted() throws Exception {
        consul.pause();
        Thread lookup =
                Thread.ofPlatform().start(() -> assertThrows(InterruptedException.class, () -> discovery.find(LLM)));
        try {
            Await.until("it waits", () -> lookup.getState() == Thread.State.TIMED_WAITING);
            lookup.interrupt();
            lookup.join(5_000);
            assertFalse(lookup.isAlive());
        } finally {
            consul.resume();
        }
    }

    @Test
    void watchesFiftyNamesAtOnce() throws Exception {
        List<ServiceName> names = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            ServiceName name = new ServiceName("service-" + i);
            names.add(name);
            discovery.find(name);
        }
        assertEquals(50, node.metrics().shown("pipecat_discovery_watches", Map.of()));
        for (ServiceName name : names) {
            consul.register(name.value(), name.value(), "10.0.0.1", 80);
        }
        for (ServiceName name : names) {
            Await.until(name + " is heard of", () -> discovery.find(name).isPresent());
        }
    }
}
