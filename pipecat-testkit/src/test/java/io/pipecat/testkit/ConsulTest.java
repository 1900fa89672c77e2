package io.pipecat.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That tests get what they ask for. */
class ConsulTest {
    @TempDir
    private Path folder;

    @Test
    void keepsKeysAndServicesUntilItIsRestarted() throws Exception {
        try (Consul consul = Consul.start(folder)) {
            consul.put("a/b", "value");
            consul.register("thing", "thing-1", "", 1234);
            assertEquals("value", consul.request("GET", "/v1/kv/a/b?raw", "").body());
            String path = "/v1/health/service/thing?passing";
            assertTrue(consul.request("GET", path, "").body().contains("1234"));
            consul.setHealthy("thing-1", false);
            assertFalse(consul.request("GET", path, "").body().contains("1234"));
            consul.restart();
            assertEquals(404, consul.request("GET", "/v1/kv/a/b?raw", "").status());
        }
    }

    @Test
    void deniesWhatATokenMayNot() throws Exception {
        try (Consul consul = Consul.startWithAcl(folder)) {
            consul.put("a/b", "value");
            String weak = consul.tokenFor("key_prefix \"c\" { policy = \"read\" }");
            String path = "/v1/kv/a/b?raw";
            assertEquals("value", consul.request("GET", path, "").body());
            assertEquals(403, consul.requestAs(weak, "GET", path, "").status());
        }
    }

    @Test
    void speaksTls() throws Exception {
        try (Consul consul = Consul.startWithTls(folder)) {
            consul.put("a", "value");
            assertTrue(consul.isRunning());
        }
    }
}
