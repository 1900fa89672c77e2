package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.testkit.Consul;
import io.pipecat.testkit.RawServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node of a cluster whose cluster is not all there. */
class ClusterMissingTest {
    private static final String LLM = "llamacpp-rpc-api";
    /** How long a node waits for its cluster, and for a tool. */
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    private static final String SUM = "What is 17 * 23?";

    @TempDir
    private Path folder;

    private Pipecat node(Consul consul) throws Exception {
        return new Pipecat(folder)
                .with("DEPLOYMENT_MODE", "distributed")
                .with("CONSUL_HOST", consul.host())
                .with("CONSUL_PORT", Integer.toString(consul.port()))
                .with("DISCOVERY_TIMEOUT", DEADLINE.toSeconds() + "s")
                // A second more for a Consul that hangs.
                .within(DEADLINE.plusSeconds(1));
    }

    /** A node that has a model and a house, and whose calculator is elsewhere. */
    private Pipecat withoutCalculator(Consul consul) throws Exception {
        return node(consul)
                .with("LOCAL_LLM_MODEL_PATH", "builtin")
                .with("WORLD_MODEL_MODE", "local")
                .with("TOOL_LOCATIONS", "calculator=remote")
                .with("TOOL_TIMEOUT", DEADLINE.toSeconds() + "s")
                .with("REMOTE_TOOL_CONNECT_TIMEOUT", "500ms")
                .within(DEADLINE.multipliedBy(2));
    }

    /** A person's call ends with the sentence, and so does what the agent says of its own. */
    private static void assertBothSay(Pipecat node, String... parts) throws Exception {
        Pipecat.Result call = node.run("tools", "call", "calculator.evaluate", "expression=17 * 23");
        assertTrue(call.isPlainFailure(1), call.code() + ": " + call.err());
        Pipecat.Result turn = node.run("ask", SUM);
        assertEquals(0, turn.code(), turn.err());
        for (String part : parts) {
            assertTrue(call.err().lines().reduce("", (a, b) -> b).contains(part), call.err());
            assertTrue(turn.out().contains(part), turn.out());
        }
    }

    private static void assertFails(Pipecat.Result result, String found) {
        assertTrue(result.isPlainFailure(4), result.code() + ": " + result.err());
        String last = result.err().lines().reduce("", (a, b) -> b);
        assertTrue(
                last.startsWith("pipecat: No language model was found within 2 s (DISCOVERY_TIMEOUT): looked for "
                                + LLM)
                        && last.contains(found)
                        && last.contains("LLAMA_API_URL_OVERRIDE"),
                result.err());
    }

    @Test
    void withoutConsulItEndsInTimeWithASentence() throws Exception {
        try (Consul consul = Consul.start(folder)) {
            consul.stop();
            String found = "Consul at 127.0.0.1:" + consul.port() + " cannot be reached (Connection refused)";
            assertFails(node(consul).run("ask", "Hello"), found);
            assertFails(node(consul).run("serve"), found);
        }
    }

    @Test
    void withAConsulThatHangsItEndsInTimeWithASentence() throws Exception {
        try (Consul consul = Consul.start(folder)) {
            consul.pause();
            assertFails(node(consul).run("ask", "Hello"), "Consul at 127.0.0.1:" + consul.port());
        }
    }

    @Test
    void withoutALanguageModelItSaysWhatConsulHasInstead() throws Exception {
        try (Consul consul = Consul.start(folder)) {
            String answers = "Consul at 127.0.0.1:" + consul.port() + " answers, but ";
            assertFails(node(consul).run("ask", "Hello"), answers + "knows no instance of " + LLM);
            consul.register(LLM, "llm-1", "127.0.0.1", 9);
            consul.setHealthy("llm-1", false);
            String critical = answers + "no instance of " + LLM + " is passing; 1 critical";
            assertFails(node(consul).run("ask", "Hello"), critical);
            assertFails(node(consul).run("serve"), critical);
        }
    }

    @Test
    void withoutAToolServerItSaysThatNoneIsKnown() throws Exception {
        try (Consul consul = Consul.start(folder)) {
            assertBothSay(
                    withoutCalculator(consul),
                    "The tool calculator is to run on the tool server",
                    "no tool server is known",
                    "nothing was run");
        }
    }

    @Test
    void withAToolServerThatIsNotThereItSaysWhichAndRunsNothing() throws Exception {
        try (Consul consul = Consul.start(folder)) {
            Pipecat node = withoutCalculator(consul).with("TOOL_SERVER_URL_OVERRIDE", "http://127.0.0.1:9");
            String which = "The tool server at http://127.0.0.1:9 (TOOL_SERVER_URL_OVERRIDE) cannot be connected to";
            assertBothSay(node, "The tool calculator is to run on the tool server", which, "nothing was run");
            assertBothSay(itsToolsAreKnown(node), which, "Nothing was run");
        }
    }

    @Test
    void withAToolServerThatNeverAnswersItEndsInTimeAndSaysWhich() throws Exception {
        try (Consul consul = Consul.start(folder);
                RawServer silent = new RawServer(RawServer.Peer::hang)) {
            Pipecat node = withoutCalculator(consul)
                    .with("TOOL_SERVER_URL_OVERRIDE", silent.base().toString());
            String which = silent.base() + " (TOOL_SERVER_URL_OVERRIDE) ";
            assertBothSay(
                    node,
                    "The tool calculator is to run on the tool server",
                    which + "has not answered yet",
                    "nothing was run");
            assertBothSay(itsToolsAreKnown(node), "The tool server at " + which + "gave no answer", "Nothing was run");
        }
    }

    private static Pipecat itsToolsAreKnown(Pipecat node) {
        // What is only known by name counts as sensitive.
        return node.with("REMOTE_TOOLS", "calculator.evaluate").with("ALLOW_TOOLS", "calculator");
    }

    @Test
    void wrongTokenIsAWrongSetting() throws Exception {
        try (Consul consul = Consul.startWithAcl(folder)) {
            String token = consul.tokenFor("service_prefix \"\" { policy = \"read\" }");
            Pipecat.Result result =
                    node(consul).with("CONSUL_HTTP_TOKEN", token).run("ask", "Hello");
            assertTrue(result.isPlainFailure(3), result.code() + ": " + result.err());
            assertTrue(
                    result.err().contains("refuses the token of CONSUL_HTTP_TOKEN")
                            && !result.err().contains(token),
                    result.err());
        }
    }

    @Test
    void nodeThatHasWhatItNeedsStartsWithoutItsCluster() throws Exception {
        try (Consul consul = Consul.start(folder)) {
            consul.stop();
            Pipecat.Result result = node(consul)
                    .with("LOCAL_LLM_MODEL_PATH", "builtin")
                    .with("TOOL_EXECUTION_MODE", "local")
                    .run("ask", "Hello");
            assertEquals(0, result.code(), result.err());
            assertTrue(result.err().contains("Consul at"), result.err());
        }
    }

    @Test
    void topologyShowsTheWiringAllTheSame() throws Exception {
        try (Consul consul = Consul.start(folder)) {
            consul.stop();
            Pipecat.Result result = node(consul).run("topology");
            assertEquals(0, result.code(), result.err());
            assertTrue(result.out().contains("Consul at 127.0.0.1:" + consul.port()), result.out());
        }
    }
}
