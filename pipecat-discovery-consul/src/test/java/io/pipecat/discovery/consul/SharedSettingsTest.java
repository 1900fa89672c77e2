package io.pipecat.discovery.consul;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.setting.SettingsException;
import io.pipecat.api.setting.SettingsSource;
import io.pipecat.testkit.Consul;
import io.pipecat.testkit.node.TestNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real Consul. */
class SharedSettingsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private static SettingsSource open(TestNode node) throws Exception {
        return new ConsulSettingsSourceProvider().open(node.node(), node.settings(), PATIENCE);
    }

    @Test
    void keyAppearsChangesAndGoes() throws Exception {
        try (Consul consul = Consul.start(folder);
                SettingsSource source = open(Nodes.of(consul))) {
            AtomicInteger changes = new AtomicInteger();
            source.onChange(changes::incrementAndGet);
            assertEquals(Map.of(), source.values());
            consul.put(SharedSettings.KEY, """
                    {"tool_execution_mode": "remote", "debug_mode": true, "tool_timeout": 12.50, "unset": null, "empty": "",
                     "serve": ["web", "tools"], "tool_locations": {"ssh": "remote", "git": "local"},
                     "deep": {"a": {"b": 1}}, "deeper": [[1]]}""");
            Await.until("it is read", () -> !source.values().isEmpty());
            assertEquals(
                    Map.of(
                            "tool_execution_mode", "remote",
                            "debug_mode", "true",
                            "tool_timeout", "12.50",
                            "serve", "web,tools",
                            "tool_locations", "ssh=remote,git=local"),
                    source.values());
            assertEquals(
                    List.of("Consul config/app/settings: what is set as deep, deeper lies deeper than the value of any"
                            + " setting; it is ignored."),
                    source.problems());
            consul.put(SharedSettings.KEY, "{\"tool_execution_mode\": \"local\"}");
            Await.until("it changes", () -> source.values().equals(Map.of("tool_execution_mode", "local")));
            consul.delete(SharedSettings.KEY);
            Await.until("it goes", () -> source.values().isEmpty());
            assertEquals(3, changes.get());
            assertEquals(List.of(), source.problems());
        }
    }

    @Test
    void listenerThatFailsDoesNotEndTheWatch() throws Exception {
        try (Consul consul = Consul.start(folder);
                SettingsSource source = open(Nodes.of(consul))) {
            source.onChange(() -> {
                throw new IllegalStateException("a bug elsewhere");
            });
            consul.put(SharedSettings.KEY, "{\"debug_mode\": true}");
            Await.until("it is read", () -> source.values().equals(Map.of("debug_mode", "true")));
            consul.put(SharedSettings.KEY, "{\"debug_mode\": false}");
            Await.until("so is the next", () -> source.values().equals(Map.of("debug_mode", "false")));
        }
    }

    @Test
    void brokenValueKeepsTheLastGoodOneAndIsReported() throws Exception {
        try (Consul consul = Consul.start(folder)) {
            consul.put(SharedSettings.KEY, "{\"tool_execution_mode\": \"remote\"}");
            try (SettingsSource source = open(Nodes.of(consul))) {
                for (String broken : List.of("{\"tool_execution_mode\":", "[1]", "", "\"text\"", "\u00e9\ufffd")) {
                    consul.put(SharedSettings.KEY, broken);
                    Await.until(
                            "'" + broken + "' is reported",
                            () -> !source.problems().isEmpty());
                    assertEquals(Map.of("tool_execution_mode", "remote"), source.values());
                    String problem = source.problems().getFirst();
                    assertTrue(
                            problem.startsWith("Consul config/app/settings is not a JSON object (")
                                    && problem.endsWith("; what it held before stays in use until it is corrected."),
                            problem);
                    consul.put(SharedSettings.KEY, "{\"tool_execution_mode\": \"remote\"}");
                    Await.until("it is well again", () -> source.problems().isEmpty());
                }
            }
        }
    }

    @Test
    void tokenThatMayNotReadIsRefusedWithASentence() throws Exception {
        try (Consul consul = Consul.startWithAcl(folder)) {
            String weak = consul.tokenFor("service_prefix \"\" { policy = \"read\" }");
            SettingsException wrong = assertThrows(
                    SettingsException.class, () -> open(Nodes.of(consul, Map.of("consul_http_token", weak))));
            assertTrue(
                    wrong.getMessage().contains("refuses the token of CONSUL_HTTP_TOKEN (403: Permission denied)")
                            && wrong.getMessage().contains("key \"config/app/settings\" { policy = \"read\" }")
                            && !wrong.getMessage().contains(weak),
                    wrong.getMessage());
            SettingsException none = assertThrows(SettingsException.class, () -> open(Nodes.of(consul)));
            assertTrue(none.getMessage().contains("wants a token (403"), none.getMessage());
            SettingsException unknown = assertThrows(
                    SettingsException.class,
                    () -> open(Nodes.of(consul, Map.of("consul_http_token", "11111111-2222-3333-4444-555555555555"))));
            assertTrue(unknown.getMessage().contains("ACL not found"), unknown.getMessage());
            String right = consul.tokenFor("key \"config/app/settings\" { policy = \"read\" }");
            consul.put(SharedSettings.KEY, "{\"debug_mode\": false}");
            try (SettingsSource source = open(Nodes.of(consul, Map.of("consul_http_token", right)))) {
                assertEquals(Map.of("debug_mode", "false"), source.values());
            }
        }
    }

    @Test
    void reachesConsulByTlsIfItsCertificateIsTrusted() throws Exception {
        try (Consul consul = Consul.startWithTls(folder)) {
            consul.put(SharedSettings.KEY, "{\"debug_mode\": false}");
            Map<String, String> tls = Map.of(
                    "consul_tls", "true", "consul_ca", consul.certificate().toString());
            try (SettingsSource source = open(Nodes.of(consul, tls))) {
                assertEquals(Map.of("debug_mode", "false"), source.values());
            }
            TestNode distrustful = Nodes.of(consul, Map.of("consul_tls", "true"));
            try (SettingsSource source = new ConsulSettingsSourceProvider()
                    .open(distrustful.node(), distrustful.settings(), Duration.ofMillis(500))) {
                assertTrue(
                        source.problems().getFirst().contains("CONSUL_CA"),
                        source.problems().toString());
            }
            TestNode plain = Nodes.of(consul);
            try (SettingsSource source =
                    new ConsulSettingsSourceProvider().open(plain.node(), plain.settings(), Duration.ofMillis(500))) {
                assertTrue(
                        source.problems().getFirst().contains("HTTPS"),
                        source.problems().toString());
            }
        }
    }

    @Test
    void waitsForConsulAndKeepsWhatItKnewWhileThatIsAway() throws Exception {
        try (Consul consul = Consul.start(folder)) {
            consul.stop();
            TestNode node = Nodes.of(consul);
            try (SettingsSource source =
                    new ConsulSettingsSourceProvider().open(node.node(), node.settings(), Duration.ofMillis(100))) {
                assertTrue(
                        source.problems().getFirst().contains("cannot be reached"),
                        source.problems().toString());
                consul.restart();
                consul.put(SharedSettings.KEY, "{\"debug_mode\": true}");
                Await.until("it is read", () -> source.values().equals(Map.of("debug_mode", "true")));
                assertEquals(List.of(), source.problems());
                consul.stop();
                Await.until("the outage is told", () -> !source.problems().isEmpty());
                assertEquals(Map.of("debug_mode", "true"), source.values());
            }
        }
    }
}
