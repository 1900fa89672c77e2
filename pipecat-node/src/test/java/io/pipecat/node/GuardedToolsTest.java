package io.pipecat.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolException.Reason;
import io.pipecat.api.tool.ToolSource;
import io.pipecat.api.tool.ToolSpec;
import io.pipecat.testkit.node.TestNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GuardedToolsTest {
    private final TestNode node = TestNode.of(Map.of());
    private final Server server = new Server();
    private final Semaphore probes = new Semaphore(0);
    private final GuardedTools tools = new GuardedTools(server, "remote", node, time -> probes.acquire());

    /** A tool server that fails as it is told, and so does its tool. */
    private static final class Server implements ToolSource, Tool {
        private volatile Optional<Reason> failure = Optional.empty();
        private final AtomicInteger calls = new AtomicInteger();
        private final List<Tool> tools = List.of(this);

        @Override
        public List<Tool> tools() {
            return tools;
        }

        @Override
        public String description() {
            return "http://core:8001";
        }

        @Override
        public ToolSpec spec() {
            return Tool.annotated(new FakeProviders.Normal("there")).spec();
        }

        @Override
        public JsonValue call(String method, JsonObject arguments, ToolContext context) throws ToolException {
            calls.incrementAndGet();
            check();
            return JsonNull.NULL;
        }

        @Override
        public void check() throws ToolException {
            if (failure.isPresent()) {
                throw new ToolException(failure.get(), "no route to host");
            }
        }

        @Override
        public void close() {}
    }

    @AfterEach
    void close() {
        tools.close();
    }

    private JsonValue call() throws Exception {
        return tools.tools().getFirst().call("where", JsonObject.EMPTY, new ToolContext("1", Instant.MAX, line -> {}));
    }

    private ToolException refused() {
        return assertThrows(ToolException.class, this::call);
    }

    private double state() {
        return node.metrics().shown("pipecat_breaker_state", Map.of("role", "tool-server", "target", "remote"));
    }

    @Test
    void serverThatIsAwayIsNotWaitedForAgainUntilItIsBack() throws Exception {
        server.failure = Optional.of(Reason.UNAVAILABLE);
        assertEquals("no route to host", refused().getMessage());
        ToolException e = refused();
        assertEquals(Reason.UNAVAILABLE, e.reason());
        assertTrue(
                e.getMessage().contains("away since " + TestNode.NOW)
                        && e.getMessage().contains("no route to host"),
                e.getMessage());
        assertEquals(1, server.calls.get());
        assertTrue(tools.description().contains("away since"), tools.description());
        server.failure = Optional.empty();
        probes.release();
        while (state() == 2.0) {
            Thread.onSpinWait();
        }
        assertEquals(JsonNull.NULL, call());
        assertEquals(0.0, state());
    }

    @Test
    void callThatMayHaveRunIsToldAndSpeaksAgainstTheServer() {
        server.failure = Optional.of(Reason.UNCERTAIN);
        assertEquals(Reason.UNCERTAIN, refused().reason());
        assertEquals(1, server.calls.get());
        assertEquals(2.0, state());
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"UNAVAILABLE", "UNCERTAIN"})
    void whatAToolDoesWrongSaysNothingOfItsServer(Reason reason) {
        server.failure = Optional.of(reason);
        assertEquals(reason, refused().reason());
        assertEquals(0.0, state());
    }

    @Test
    void listIsTheSameAsLongAsNothingChanges() {
        assertSame(tools.tools(), tools.tools());
    }
}
