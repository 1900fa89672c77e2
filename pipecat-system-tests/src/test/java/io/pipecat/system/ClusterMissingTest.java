package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.testkit.Consul;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node of a cluster whose cluster is not all there. */
class ClusterMissingTest {
    private static final String LLM = "llamacpp-rpc-api";

    @TempDir
    private Path folder;

    private Pipecat node(Consul consul) throws Exception {
        return new Pipecat(folder)
                .with("DEPLOYMENT_MODE", "distributed")
                .with("CONSUL_HOST", consul.host())
                .with("CONSUL_PORT", Integer.toString(consul.port()))
                .with("DISCOVERY_TIMEOUT", "2s");
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
            assertFails(
                    node(consul).run("ask", "Hello"), answers + "no instance of " + LLM + " is passing; 1 critical");
        }
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
