package io.pipecat.ansible;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.ansible.Lab.Machine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Consul with access control, and the broker, without the node. */
class ClusterPartsTest {
    private static final Machine CORE = new Machine("parts1", 70);
    private static final String MANAGEMENT = "11111111-aaaa-4aaa-8aaa-111111111111";
    private static final String AGENT = "22222222-bbbb-4bbb-8bbb-222222222222";
    private static final String NODES = "33333333-cccc-4ccc-8ccc-333333333333";
    private static final String PASSWORD = "br'oker $pass\\word";

    @TempDir
    private Path folder;

    private static String inventory(String password) {
        return """
            all:
              hosts: {parts1: {ansible_host: %s}}
              vars: {node_tier: core, core_node_address: %s, local_llm_model: builtin, tool_server_api_key: x, llama_api_key: x,
                world_model_api_key: x, pipecat_api_keys: x, consul_acl: true, consul_management_token: %s,
                consul_agent_token: %s, consul_http_token: %s, mqtt_password: '%s'}
            """.formatted(CORE.address(), CORE.address(), MANAGEMENT, AGENT, NODES, password.replace("'", "''"));
    }

    private static Shell.Output consul(Lab lab, String token, String command) {
        return lab.on(CORE, "CONSUL_HTTP_TOKEN=" + token + " consul " + command);
    }

    @Test
    void theyLetInWhomTheyKnow() {
        try (Lab lab = Lab.open(folder, List.of(CORE))) {
            Play wrong = lab.play(inventory(PASSWORD), "--tags consul --extra-vars consul_agent_token=short");
            assertNotEquals(0, wrong.output().code(), wrong.text());
            assertTrue(wrong.text().contains("consul_acl takes consul_agent_token, a UUID"), wrong.text());

            // Notes what it is called with, as everybody on the machine could see it.
            lab.on(
                            CORE,
                            "printf \"#!/bin/sh\\necho \\\"\\$*\\\" >>/calls\\nexec /usr/bin/mosquitto_passwd \\\"\\$@\\\"\\n\""
                                    + " >/usr/local/bin/mosquitto_passwd && chmod +x /usr/local/bin/mosquitto_passwd")
                    .ok();
            Play first = lab.play(inventory(PASSWORD), "--tags consul,mqtt --diff -vvv")
                    .succeeded();
            for (String secret : List.of(MANAGEMENT, AGENT, NODES, "br'oker", "$pass")) {
                assertFalse(first.text().contains(secret), "a secret stands in the log");
                lab.on(CORE, "! journalctl --no-pager | grep -F \"" + secret.replace("$", "\\$") + "\"")
                        .ok();
            }
            assertEquals(
                    "-c /etc/mosquitto/pipecat/passwords pipecat",
                    lab.on(CORE, "cat /calls").ok().strip());
            assertEquals(
                    "640 root consul",
                    lab.on(CORE, "stat -c \"%a %U %G\" /etc/consul.d/pipecat-acl.json")
                            .ok()
                            .strip());

            // Of what nobody may see, Consul says that there is nothing.
            assertFalse(consul(lab, "", "catalog nodes").text().contains("parts1"), "without a token");
            assertNotEquals(0, consul(lab, "", "kv put config/app/settings {}").code());
            consul(lab, MANAGEMENT, "kv put config/app/settings {}").ok();
            assertTrue(consul(lab, NODES, "catalog nodes").ok().contains("parts1"));
            assertEquals(
                    "{}", consul(lab, NODES, "kv get config/app/settings").ok().strip());
            assertNotEquals(
                    0, consul(lab, NODES, "kv put config/app/settings 1").code());
            consul(lab, NODES, "services register -name tool-server-api").ok();
            assertNotEquals(
                    0, consul(lab, NODES, "services register -name other").code());

            Play second = lab.play(inventory(PASSWORD), "--tags consul,mqtt").succeeded();
            assertEquals(0, second.changed().get("parts1"), second.text());

            Play other = lab.play(inventory("another"), "--tags mqtt").succeeded();
            assertTrue(other.changed().get("parts1") > 0, other.text());
        }
    }
}
