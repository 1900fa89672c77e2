package io.pipecat.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.NodeContext;
import io.pipecat.api.NodeInfo;
import io.pipecat.api.http.Authenticator;
import io.pipecat.api.http.Binding;
import io.pipecat.api.http.EndpointProvider;
import io.pipecat.api.http.HttpEndpoint;
import io.pipecat.api.http.ListenException;
import io.pipecat.api.http.Listener;
import io.pipecat.api.http.Request;
import io.pipecat.api.http.Route;
import io.pipecat.api.http.ServerProvider;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.setting.SettingsException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which services are listened for, and where they may be reached from. */
class ListenersTest {
    @TempDir
    private Path folder;

    private final List<String> order = new ArrayList<>();
    private final Set<String> drained = ConcurrentHashMap.newKeySet();
    private Optional<String> missingKey = Optional.empty();

    private final class Endpoint implements EndpointProvider, HttpEndpoint, Authenticator {
        private final String name;

        Endpoint(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int port(Settings settings) {
            return 0;
        }

        @Override
        public HttpEndpoint create(NodeContext context) {
            return this;
        }

        @Override
        public List<Route> routes() {
            return List.of();
        }

        @Override
        public Authenticator authenticator() {
            return this;
        }

        @Override
        public Decision decide(Request request) {
            return new Decision.Admitted("anybody");
        }

        @Override
        public Optional<String> missingKeySetting() {
            return missingKey;
        }

        @Override
        public void close() {
            order.add("close endpoint " + name);
        }
    }

    private final class Server implements ServerProvider {
        @Override
        public String name() {
            return "recorder";
        }

        @Override
        public Listener open(Binding binding, HttpEndpoint endpoint, NodeContext context) {
            order.add("open " + binding.service());
            InetSocketAddress address = binding.address();
            return new Listener() {
                @Override
                public URI address() {
                    return URI.create("http://" + address.getHostString() + ":" + address.getPort());
                }

                @Override
                public void drain(Duration deadline) {
                    drained.add(binding.service());
                }

                @Override
                public void close() {
                    order.add("close listener " + binding.service());
                }
            };
        }
    }

    private Node node(boolean withServer, String... settings) throws SettingsException {
        Map<String, String> values = new HashMap<>(Map.of("state_dir", folder.toString()));
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        Providers providers = new Providers(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new Endpoint("tools"), new Endpoint("web")),
                List.of(),
                withServer ? List.of(new Server()) : List.of());
        SettingsStore store = new SettingsStore(NodeSettings.all(), List.of(SettingsInput.of("test", values)));
        NodeInfo info = new NodeInfo("n", "i", DeploymentMode.MONOLITH, Optional.empty(), "1");
        return new Node(new Assembly(providers, store, info, Clock.systemUTC(), List.of(), Optional.empty()));
    }

    @Test
    void eachServiceIsOpenedDrainedAndClosedInReverse() throws Exception {
        try (Node node = node(true, "serve", "web,tools")) {
            assertEquals(2, node.serve().size());
            assertTrue(node.topology().roles().stream()
                    .anyMatch(role ->
                            role.role().equals("endpoint:web") && role.detail().startsWith("http://127.0.0.1")));
            node.drain(Duration.ofSeconds(1));
        }
        assertEquals(Set.of("web", "tools"), drained);
        assertEquals(
                List.of(
                        "open web",
                        "open tools",
                        "close listener tools",
                        "close endpoint tools",
                        "close listener web",
                        "close endpoint web"),
                order);
    }

    @Test
    void defaultServicesAreLeftOutWhereTheirJarIsMissing() throws Exception {
        try (Node node = node(true, "node_tier", "core")) {
            assertEquals(2, node.serve().size());
            assertEquals(List.of("open web", "open tools"), order);
        }
    }

    @Test
    void noneMeansNothing() throws Exception {
        try (Node node = node(true, "serve", "none")) {
            assertEquals(List.of(), node.serve());
        }
    }

    @Test
    void withoutAServerNothingCanListen() throws Exception {
        try (Node node = node(false, "serve", "web")) {
            assertTrue(assertThrows(SettingsException.class, node::serve)
                    .getMessage()
                    .contains("pipecat-server"));
        }
    }

    @Test
    void leavesLoopbackOnlyWithAKeyOrByName() throws Exception {
        missingKey = Optional.of("tool_server_api_key");
        try (Node node = node(true, "serve", "tools", "bind_address", "0.0.0.0")) {
            String message = assertThrows(ListenException.class, node::serve).getMessage();
            assertTrue(message.contains("tool_server_api_key") && message.contains("allow_unauthenticated"), message);
        }
        try (Node node = node(true, "serve", "tools", "bind_address", "0.0.0.0", "allow_unauthenticated", "tools")) {
            assertEquals(1, node.serve().size());
        }
        try (Node node = node(true, "serve", "tools", "bind_address", "::1")) {
            assertEquals(1, node.serve().size());
        }
        missingKey = Optional.empty();
        try (Node node = node(true, "serve", "tools", "bind_address", "0.0.0.0")) {
            assertEquals(1, node.serve().size());
        }
    }

    @Test
    void misspeltServiceIsNamed() throws Exception {
        try (Node node = node(true, "serve", "tolls")) {
            String message = assertThrows(SettingsException.class, node::serve).getMessage();
            assertTrue(message.contains("'tolls'") && message.contains("Did you mean 'tools'?"), message);
        }
    }
}
