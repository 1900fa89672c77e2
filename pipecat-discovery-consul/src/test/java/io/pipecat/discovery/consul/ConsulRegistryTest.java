package io.pipecat.discovery.consul;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.pipecat.api.discovery.ServiceName;
import io.pipecat.api.discovery.ServiceRegistry;
import io.pipecat.api.discovery.ServiceRegistry.Registration;
import io.pipecat.testkit.Consul;
import io.pipecat.testkit.node.TestNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real Consul that asks a real server for its health. */
class ConsulRegistryTest {
    private static final ServiceName TOOLS = ServiceName.TOOL_SERVER;
    private static final Map<String, String> OFTEN = Map.of("consul_check_interval", "1s");
    private static final String RULES =
            "service_prefix \"\" { policy = \"write\" } agent_prefix \"\" { policy = \"read\" }"
                    + " node_prefix \"\" { policy = \"read\" }";

    @TempDir
    private Path folder;

    private final AtomicInteger health = new AtomicInteger(200);
    private HttpServer server;
    private URI address;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/health", exchange -> {
            exchange.sendResponseHeaders(health.get(), -1);
            exchange.close();
        });
        server.start();
        address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static ServiceRegistry registry(TestNode node) throws Exception {
        return new ConsulDiscoveryProvider().createRegistry(node);
    }

    private static boolean isPassing(Consul consul) throws Exception {
        return consul.request("GET", "/v1/health/service/" + TOOLS + "?passing", "")
                .body()
                .contains(TestNode.INSTANCE);
    }

    private static boolean isListed(Consul consul) throws Exception {
        return consul.request("GET", "/v1/agent/services", "").body().contains(TestNode.INSTANCE);
    }

    @Test
    void isFoundWhileItIsHealthyAndNoLongerOnceItIsClosed() throws Exception {
        try (Consul consul = Consul.start(folder)) {
            try (ServiceRegistry registry = registry(Nodes.of(consul, OFTEN))) {
                Registration registration = registry.register(TOOLS, address, "/health");
                Await.until("it passes", () -> isPassing(consul));
                assertEquals(TOOLS + " at " + address, registration.state());
                health.set(503);
                Await.until("Consul has noticed", () -> !isPassing(consul));
                health.set(200);
                Await.until("it passes again", () -> isPassing(consul));
                registration.close();
                assertFalse(isListed(consul));
                registry.register(TOOLS, address, "/health");
                Await.until("it is there again", () -> isPassing(consul));
            }
            assertFalse(isListed(consul));
        }
    }

    @Test
    void isRegisteredAgainAfterConsulForgotItOrStartsLater() throws Exception {
        try (Consul consul = Consul.start(folder)) {
            consul.stop();
            TestNode node = Nodes.of(consul, OFTEN);
            try (ServiceRegistry registry = registry(node)) {
                Registration registration = registry.register(TOOLS, address, "/health");
                Await.until("it says why not", () -> registration.state().contains("cannot be reached"));
                consul.restart();
                Await.until("it is there", () -> isPassing(consul));
                consul.restart();
                Await.until("it is there again", () -> isPassing(consul));
                consul.deregister(TOOLS + "-127.0.0.1-" + address.getPort());
                Await.until("it is there once more", () -> isPassing(consul));
                assertTrue(
                        Nodes.messages(node).stream().anyMatch(message -> message.contains("had removed")),
                        () -> Nodes.messages(node).toString());
            }
            assertFalse(isListed(consul));
        }
    }

    @Test
    void tokenThatMayNotIsToldAndOneThatMayWorks() throws Exception {
        try (Consul consul = Consul.startWithAcl(folder)) {
            String weak = consul.tokenFor("agent_prefix \"\" { policy = \"read\" }");
            TestNode node = Nodes.of(consul, Map.of("consul_http_token", weak));
            try (ServiceRegistry registry = registry(node)) {
                Registration registration = registry.register(TOOLS, address, "/health");
                Await.until("it says why not", () -> registration.state().contains("refuses the token"));
                assertEquals(1, node.events().size());
                String message = Nodes.messages(node).getFirst();
                assertTrue(message.contains("{ policy = \"write\" }") && !message.contains(weak), message);
            }
            TestNode strong = Nodes.of(consul, Map.of("consul_http_token", consul.tokenFor(RULES)));
            try (ServiceRegistry registry = registry(strong)) {
                registry.register(TOOLS, address, "/health");
                Await.until("it passes", () -> isPassing(consul));
            }
            assertFalse(isListed(consul));
        }
    }

    @Test
    void isSaidToBeRegisteredAgainOnceConsulAnswersAgain() throws Exception {
        try (Consul consul = Consul.start(folder)) {
            TestNode node = Nodes.of(consul, Map.of("consul_check_interval", "1s", "consul_timeout", "500ms"));
            try (ServiceRegistry registry = registry(node)) {
                Registration registration = registry.register(TOOLS, address, "/health");
                Await.until("it is there", () -> registration.state().equals(TOOLS + " at " + address));
                consul.pause();
                Await.until("the outage shows", () -> registration.state().contains("does not answer"));
                consul.resume();
                Await.until("so does its end", () -> registration.state().equals(TOOLS + " at " + address));
            }
        }
    }

    /** Whoever may register the tools alone is not to be kept from it by what else the node serves. */
    @Test
    void whatTheTokenMayNotRegisterKeepsNothingElseFromBeingRegistered() throws Exception {
        try (Consul consul = Consul.startWithAcl(folder)) {
            String token = consul.tokenFor("service \"" + TOOLS + "\" { policy = \"write\" }"
                    + " service_prefix \"\" { policy = \"read\" } agent_prefix \"\" { policy = \"read\" }");
            TestNode node = Nodes.of(consul, Map.of("consul_http_token", token, "consul_check_interval", "1s"));
            try (ServiceRegistry registry = registry(node)) {
                Registration web = registry.register(ServiceName.NODE, address, "/health");
                Registration tools = registry.register(TOOLS, address, "/health");
                Registration llm = registry.register(ServiceName.LLM, address, "/health");
                Await.until("it is there", () -> tools.state().equals(TOOLS + " at " + address));
                for (Registration refused : List.of(web, llm)) {
                    Await.until("the refusal is told", () -> refused.state().contains("refuses the token"));
                }
                assertTrue(isListed(consul));
                assertTrue(
                        Nodes.messages(node).stream().noneMatch(message -> message.contains(TOOLS.value())),
                        () -> Nodes.messages(node).toString());
            }
            assertFalse(isListed(consul));
        }
    }

    @Test
    void wildcardBecomesAnAddressThatOthersCanUse() throws Exception {
        try (Consul consul = Consul.start(folder);
                ServiceRegistry registry = registry(Nodes.of(consul, OFTEN))) {
            // Consul is on loopback, so it is the agent that knows the address of this machine.
            Registration four = registry.register(TOOLS, URI.create("http://0.0.0.0:" + address.getPort()), "/health");
            Registration six =
                    registry.register(ServiceName.NODE, URI.create("http://[::]:" + address.getPort()), "/health");
            Await.until("both are there", () -> six.state().startsWith(ServiceName.NODE + " at"));
            Await.until("the other, too", () -> four.state().startsWith(TOOLS + " at"));
            assertEquals(TOOLS + " at " + address, four.state());
            Await.until("Consul reaches it", () -> isPassing(consul));
        }
    }

    @Test
    void ipv6IsRegisteredWithoutBracketsAndFoundWithThem() throws Exception {
        try (Consul consul = Consul.start(folder);
                ServiceRegistry registry = registry(Nodes.of(consul))) {
            Registration registration = registry.register(TOOLS, URI.create("http://[2001:db8::5]:8001"), "/health");
            // Consul knows it a moment before the answer is back here.
            Await.until("it is there", () -> registration.state().startsWith(TOOLS + " at"));
            assertEquals(TOOLS + " at http://[2001:db8::5]:8001", registration.state());
            assertTrue(consul.request("GET", "/v1/agent/services", "").body().contains("\"2001:db8::5\""));
        }
    }

    @Test
    void processThatTakesTheAddressOverReplacesTheRegistration() throws Exception {
        try (Consul consul = Consul.start(folder)) {
            consul.register("{\"Name\": \"" + TOOLS + "\", \"ID\": \"" + TOOLS + "-127.0.0.1-" + address.getPort()
                    + "\", \"Address\": \"127.0.0.1\", \"Port\": " + address.getPort()
                    + ", \"Meta\": {\"pipecat_instance\": \"crashed\"}}");
            try (ServiceRegistry registry = registry(Nodes.of(consul))) {
                registry.register(TOOLS, address, "/health");
                Await.until("it is there", () -> isListed(consul));
                assertFalse(
                        consul.request("GET", "/v1/agent/services", "").body().contains("crashed"));
            }
        }
    }
}
