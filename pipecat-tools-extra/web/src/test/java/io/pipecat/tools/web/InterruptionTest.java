package io.pipecat.tools.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.testkit.node.TestSettings;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterruptionTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void interruptionClosesTheConnection(boolean virtual) throws Exception {
        TestSettings settings = new TestSettings(
                DeploymentMode.MONOLITH, Map.of("web_allow_private", "127.0.0.1", "web_timeout", "5m"));
        WebTool tool = new WebTool(new Fetcher(new FakeNetwork(), settings, "1"), settings);
        CompletableFuture<Object> outcome = new CompletableFuture<>();
        try (ServerSocket server = new ServerSocket(0, 1, FakeNetwork.address("127.0.0.1"))) {
            String url = "http://127.0.0.1:" + server.getLocalPort() + "/";
            Thread.Builder builder =
                    virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
            Thread caller = builder.start(() -> {
                try {
                    outcome.complete(tool.fetch(url, 0, new ToolContext("test", Instant.MAX, line -> {})));
                } catch (Exception e) {
                    outcome.complete(e);
                }
            });
            try (Socket connection = server.accept()) {
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
                assertEquals("GET / HTTP/1.1", in.readLine());
                caller.interrupt();
                assertInstanceOf(InterruptedException.class, outcome.get(30, TimeUnit.SECONDS));
                connection.setSoTimeout(30_000);
                // Ends only when the other side closes.
                assertTrue(in.lines().anyMatch(line -> line.startsWith("User-Agent:")));
            }
        }
        tool.close();
    }
}
