package io.pipecat.endpoint.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.http.Binding;
import io.pipecat.api.http.HttpEndpoint;
import io.pipecat.api.http.Listener;
import io.pipecat.api.http.ServerProvider;
import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.Tool;
import io.pipecat.testkit.RequiredPart;
import io.pipecat.testkit.node.TestNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The official TypeScript client against {@code /mcp}, on the server that nodes have. */
class OfficialClientTest {
    private static final RequiredPart NODE = RequiredPart.of("node", "Debian package nodejs");
    private static final RequiredPart SDK = RequiredPart.file(
            root().resolve("target/mcp-parts/node_modules/@modelcontextprotocol/sdk"), "bin/mcp-parts installs it");

    @Test
    void itDoesAllThatItCan() throws Exception {
        Path node = NODE.orSkip();
        Path sdk = SDK.orSkip();
        ServerProvider server =
                ServiceLoader.load(ServerProvider.class).findFirst().orElseThrow();
        House house = new House();
        TestNode context = TestNode.builder()
                .settings(Map.of("mcp_api_key", "k-1"))
                .clock(Clock.systemUTC())
                .tools(Tool.annotated(house))
                .build();
        Binding anyPort = new Binding("mcp", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try (HttpEndpoint endpoint = new McpEndpointProvider().create(context);
                Listener listener = server.open(anyPort, endpoint, context)) {
            JsonObject seen = run(node, listener.address().resolve("/mcp").toString(), sdk);
            assertEquals(Optional.of("2025-11-25"), seen.string("version"), seen::toString);
            assertEquals(Optional.of(true), seen.bool("session"));
            assertTrue(names(seen, "tools").contains("house__greet"), seen::toString);
            assertFalse(names(seen, "tools").contains("house__burn"), seen::toString);
            JsonObject sum = seen.object("sum").orElseThrow();
            assertEquals(
                    "{\"sum\":5,\"of\":[2,3]}",
                    sum.object("structuredContent").orElseThrow().toString());
            assertEquals(Optional.of(true), seen.object("failed").orElseThrow().bool("isError"));
            assertEquals(List.of("step 1", "step 2", "step 3"), names(seen, "progress"));
            assertTrue(seen.string("sensitive").orElseThrow().contains("mcp_allow"), seen::toString);
            assertTrue(seen.string("wrongKey").orElseThrow().contains("Invalid credentials."), seen::toString);
            assertTrue(seen.string("aborted").orElseThrow().contains("enough"), seen::toString);
            assertTrue(house.interrupted.tryAcquire(30, TimeUnit.SECONDS), "the call was interrupted");
            assertFalse(seen.string("afterwards").orElseThrow().contains("was not refused"), seen::toString);
        }
    }

    private static List<String> names(JsonObject seen, String member) {
        return seen.array(member).orElse(JsonArray.EMPTY).strings().toList();
    }

    private static JsonObject run(Path node, String url, Path sdk) throws Exception {
        Path script = Path.of(
                OfficialClientTest.class.getResource("/official-client.mjs").toURI());
        Path folder = sdk.getParent().getParent().getParent();
        Process client = new ProcessBuilder(node.toString(), script.toString(), url, "k-1", folder.toString())
                .redirectErrorStream(true)
                .start();
        try (var out = client.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, client.waitFor(), text);
            return TestClient.object(text.strip());
        } finally {
            client.destroyForcibly();
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new AssertionError("the tests run outside the project");
        }
        return folder;
    }
}
