package io.pipecat.discovery.consul;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.discovery.DiscoveryException;
import io.pipecat.api.discovery.DiscoveryProvider;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingsSourceProvider;
import io.pipecat.testkit.node.TestSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersTest {
    @Test
    void areFound() {
        assertEquals(
                "consul",
                ServiceLoader.load(DiscoveryProvider.class)
                        .findFirst()
                        .orElseThrow()
                        .name());
        assertEquals(
                "consul",
                ServiceLoader.load(SettingsSourceProvider.class)
                        .findFirst()
                        .orElseThrow()
                        .name());
    }

    @Test
    void areWantedInAClusterOrWhereConsulIsNamed() {
        ConsulDiscoveryProvider provider = new ConsulDiscoveryProvider();
        assertFalse(provider.wanted(new TestSettings(DeploymentMode.MONOLITH, Map.of())));
        assertTrue(provider.wanted(new TestSettings(DeploymentMode.MONOLITH, Map.of("consul_host", "core"))));
        assertTrue(provider.wanted(
                new TestSettings(DeploymentMode.DISTRIBUTED, Map.of("deployment_mode", "distributed"))));
    }

    @Test
    void nothingAboutConsulIsEverTakenFromConsul() {
        for (SettingSpec<?> spec : ConsulSettings.ALL) {
            assertFalse(spec.shared(), spec.name());
        }
    }

    @Test
    void certificatesThatAreNoneAreRefusedWithASentence(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("ca.pem"), "none");
        for (Path ca : new Path[] {file, folder.resolve("missing.pem")}) {
            DiscoveryException e = assertThrows(
                    DiscoveryException.class,
                    () -> new ConsulDiscoveryProvider()
                            .create(Nodes.of("h", 1, Map.of("consul_tls", "true", "consul_ca", ca.toString()))));
            assertTrue(e.getMessage().startsWith("CONSUL_CA: " + ca), e.getMessage());
        }
        DiscoveryException host = assertThrows(
                DiscoveryException.class, () -> new ConsulDiscoveryProvider().create(Nodes.of("a b", 1, Map.of())));
        assertTrue(host.getMessage().contains("CONSUL_HOST is 'a b'"), host.getMessage());
    }
}
