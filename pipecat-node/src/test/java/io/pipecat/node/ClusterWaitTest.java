package io.pipecat.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.discovery.DiscoveryException;
import io.pipecat.api.discovery.Endpoint;
import io.pipecat.api.discovery.ServiceDiscovery;
import io.pipecat.api.discovery.ServiceName;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ClusterWaitTest {
    private static final ServiceName A = new ServiceName("a");
    private static final ServiceName B = new ServiceName("b");
    private static final Optional<Endpoint> THERE =
            Optional.of(new Endpoint(URI.create("http://x:1"), "test", Instant.EPOCH));

    private interface Lookup {
        Optional<Endpoint> find(ServiceName name) throws DiscoveryException, InterruptedException;
    }

    private static ServiceDiscovery discovery(Lookup lookup) {
        return new ServiceDiscovery() {
            @Override
            public Optional<Endpoint> find(ServiceName name) throws DiscoveryException, InterruptedException {
                return lookup.find(name);
            }

            @Override
            public List<Endpoint> findAll(ServiceName name) {
                throw new UnsupportedOperationException();
            }

            @Override
            public String description() {
                return "the test";
            }

            @Override
            public void close() {}
        };
    }

    private static void await(Duration timeout, ServiceDiscovery discovery) throws Exception {
        new ClusterWait(timeout).forLanguageModel(discovery, List.of(A, B), DeploymentMode.DISTRIBUTED);
    }

    @Test
    void endsAsSoonAsOneOfTheNamesIsThere() throws Exception {
        CountDownLatch looks = new CountDownLatch(3);
        await(Duration.ofMinutes(1), discovery(name -> {
            looks.countDown();
            return name.equals(B) && looks.getCount() == 0 ? THERE : Optional.empty();
        }));
        assertEquals(0, looks.getCount());
    }

    @Test
    void outlastsAnOutageOfDiscovery() throws Exception {
        CountDownLatch looks = new CountDownLatch(4);
        await(Duration.ofMinutes(1), discovery(name -> {
            looks.countDown();
            if (looks.getCount() > 0) {
                throw new DiscoveryException("away", null);
            }
            return THERE;
        }));
    }

    @Test
    void saysWhatWasLookedForAndWhatWasFound() {
        DiscoveryException e = assertThrows(
                DiscoveryException.class, () -> await(Duration.ofMillis(1500), discovery(name -> Optional.empty())));
        assertEquals(
                "No language model was found within 1500 ms (DISCOVERY_TIMEOUT): looked for a, b: the test knows no"
                        + " instance of a; the test knows no instance of b; start one there, or set"
                        + " LLAMA_API_URL_OVERRIDE to the base URL of one, CONSUL_HOST to where Consul is, or"
                        + " DEPLOYMENT_MODE=monolith.",
                e.getMessage());
    }

    @Test
    void lookupThatHangsIsBrokenOffInTime() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        ServiceDiscovery hanging = discovery(name -> {
            try {
                new CountDownLatch(1).await();
            } finally {
                interrupted.countDown();
            }
            return Optional.empty();
        });
        assertThrows(DiscoveryException.class, () -> await(Duration.ofMillis(100), hanging));
        interrupted.await();
    }

    @Test
    void leavesTimeForTheLastLookAndDoesNotKeepWhoCanDoWithout() {
        ClusterWait wait = new ClusterWait(Duration.ofSeconds(30));
        assertTrue(wait.forSettings(true).compareTo(Duration.ofSeconds(29)) <= 0);
        assertTrue(wait.forSettings(true).compareTo(Duration.ofSeconds(20)) > 0);
        assertEquals(Duration.ofSeconds(2), wait.forSettings(false));
        assertEquals(Duration.ZERO, new ClusterWait(Duration.ZERO).forSettings(true));
    }
}
