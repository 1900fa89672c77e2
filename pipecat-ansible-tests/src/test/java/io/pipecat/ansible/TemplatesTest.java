package io.pipecat.ansible;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonObject;
import io.pipecat.testkit.RequiredPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Ansible makes of the templates for each tier, read by those who will read it: a shell, systemd, and a reader of HCL. */
class TemplatesTest {
    private static final Path RESOURCES = Shell.ROOT.resolve("pipecat-ansible-tests/src/test/resources");
    private static final String SECRET = "to'ol\"k$ey\"`x`\\n#1%s ${HOME}";
    private static final String INVENTORY = """
            all:
              vars: {core_node_address: 192.0.2.10, tool_server_api_key: '%s', mqtt_password: broker-secret, pipecat_user: root}
              hosts:
                edge1: {node_tier: edge}
                # Without Consul, and with a broker of somebody else.
                edge2: {node_tier: edge, core_node_address: 'fd00::1', consul_managed: false, mqtt_managed: false, mqtt_host: broker.example}
                mid1: {node_tier: mid, pipecat_settings: {TOOL_EXECUTION_MODE: local, TEXT: 'a "b" $c', FLAG: true}}
                mid2: {node_tier: mid, pipecat_llm: server, pipecat_memory_max: 4G, pipecat_sandbox: true}
                core1: {node_tier: core, local_llm_model: main.gguf, pipecat_java_opts: -Xmx4g}
                boxed1: {node_tier: core, local_llm_model: main.gguf, pipecat_deployment_style: docker, pipecat_memory_max: 4G}
                job.1: {node_tier: mid, pipecat_deployment_style: nomad, pipecat_install_dir: '/opt/a ${b}', pipecat_nomad_memory: 9000}
            """.formatted(SECRET.replace("'", "''"));

    @TempDir
    private static Path folder;

    @BeforeAll
    static void render() throws Exception {
        RequiredPart.of("ansible-playbook", "Debian package ansible-core").orSkip();
        Files.writeString(folder.resolve("hosts.yaml"), INVENTORY);
        Files.copy(RESOURCES.resolve("templates.yaml"), folder.resolve("templates.yaml"));
        Path roles = Shell.ROOT.resolve("ansible/roles");
        Shell.run("cp -r " + roles.resolve("pipecatapp/templates") + " " + folder)
                .ok();
        Play.of(Shell.run(
                        folder,
                        Map.of("ANSIBLE_NOCOLOR", "1", "ANSIBLE_ROLES_PATH", roles.toString()),
                        "ansible-playbook -i hosts.yaml templates.yaml --extra-vars role_folder=" + roles
                                + " --extra-vars rendered=" + folder))
                .succeeded();
    }

    private static String text(String host, String file) throws Exception {
        return Files.readString(folder.resolve(host).resolve(file));
    }

    /** As a shell reads it; what systemd makes of the same quotes, the plays on real machines show. */
    private static Map<String, String> environment(String host) {
        Map<String, String> all = new TreeMap<>();
        String read = Shell.run(
                        folder, Map.of(), "env -i bash -c 'set -a; . " + folder.resolve(host) + "/pipecat.env; env -0'")
                .ok();
        for (String line : read.split("\0", 0)) {
            String name = line.substring(0, line.indexOf('='));
            if (!List.of("PWD", "SHLVL", "_").contains(name)) {
                all.put(name, line.substring(line.indexOf('=') + 1));
            }
        }
        return all;
    }

    /** By name; of a name that stands there more than once, all values. */
    private static Map<String, List<String>> unit(String host, String file) throws Exception {
        Map<String, List<String>> all = new TreeMap<>();
        for (String line : text(host, file).replace("\\\n", "").lines().toList()) {
            if (!line.startsWith("#") && line.contains("=")) {
                all.merge(
                        line.substring(0, line.indexOf('=')),
                        List.of(line.substring(line.indexOf('=') + 1)),
                        (a, b) -> java.util.stream.Stream.concat(a.stream(), b.stream())
                                .toList());
            }
        }
        return all;
    }

    private static Map<String, String> with(Map<String, String> most, String... pairs) {
        Map<String, String> all = new TreeMap<>(most);
        for (int i = 0; i < pairs.length; i += 2) {
            all.put(pairs[i], pairs[i + 1]);
        }
        return all;
    }

    @Test
    void anEdgeNodeHasTheAddressOfItsCoreAndNoModel() {
        Map<String, String> common = Map.of(
                "NODE_TIER", "edge",
                "DEPLOYMENT_MODE", "distributed",
                "STATE_DIR", "/var/lib/pipecat",
                "TOOL_SERVER_API_KEY", SECRET,
                "MQTT_PASSWORD", "broker-secret",
                "MQTT_USERNAME", "pipecat");
        assertEquals(
                with(
                        common,
                        "NODE_NAME",
                        "edge1",
                        "CLUSTER_IP",
                        "192.0.2.10",
                        "CONSUL_HOST",
                        "192.0.2.10",
                        "MQTT_HOST",
                        "192.0.2.10",
                        "MQTT_PORT",
                        "8883",
                        "MQTT_TLS",
                        "true",
                        "MQTT_CA",
                        "/etc/pipecat/mqtt-ca.pem"),
                environment("edge1"));
        assertEquals(
                with(
                        common,
                        "NODE_NAME",
                        "edge2",
                        "CLUSTER_IP",
                        "fd00::1",
                        "CONSUL_HOST",
                        "fd00::1",
                        "MQTT_HOST",
                        "broker.example",
                        "MQTT_PORT",
                        "1883",
                        "LLAMA_API_URL_OVERRIDE",
                        "http://[fd00::1]:8080",
                        "TOOL_SERVER_URL_OVERRIDE",
                        "http://[fd00::1]:8001",
                        "WORLD_MODEL_URL_OVERRIDE",
                        "http://[fd00::1]:5678"),
                environment("edge2"));
    }

    @Test
    void aMidNodeStandsAlone() {
        Map<String, String> common = Map.of(
                "NODE_TIER", "mid",
                "DEPLOYMENT_MODE", "monolith",
                "STATE_DIR", "/var/lib/pipecat",
                "TOOL_SERVER_API_KEY", SECRET);
        assertEquals(
                with(
                        common,
                        "NODE_NAME",
                        "mid1",
                        "LLAMA_API_URL_OVERRIDE",
                        "inprocess:",
                        "TOOL_EXECUTION_MODE",
                        "local",
                        "TEXT",
                        "a \"b\" $c",
                        "FLAG",
                        "true"),
                environment("mid1"));
        assertEquals(
                with(common, "NODE_NAME", "mid2", "LLAMA_API_URL_OVERRIDE", "http://127.0.0.1:8090"),
                environment("mid2"));
    }

    @Test
    void aCoreNodeServesOthers() {
        assertEquals(
                with(
                        Map.of(),
                        "NODE_TIER",
                        "core",
                        "NODE_NAME",
                        "core1",
                        "DEPLOYMENT_MODE",
                        "distributed",
                        "STATE_DIR",
                        "/var/lib/pipecat",
                        "BIND_ADDRESS",
                        "0.0.0.0",
                        "ADVERTISE_ADDRESS",
                        "192.0.2.10",
                        "CONSUL_HOST",
                        "127.0.0.1",
                        "LLAMA_API_URL_OVERRIDE",
                        "inprocess:",
                        "LOCAL_LLM_MODEL_PATH",
                        "main.gguf",
                        "JAVA_OPTS",
                        "-Xmx4g",
                        "MQTT_HOST",
                        "127.0.0.1",
                        "MQTT_PORT",
                        "8883",
                        "MQTT_TLS",
                        "true",
                        "MQTT_CA",
                        "/etc/pipecat/mqtt-ca.pem",
                        "MQTT_USERNAME",
                        "pipecat",
                        "MQTT_PASSWORD",
                        "broker-secret",
                        "TOOL_SERVER_API_KEY",
                        SECRET),
                environment("core1"));
    }

    @Test
    void theUnitIsRestartedForEverAndClosed() throws Exception {
        for (String host : List.of("edge1", "mid1", "core1")) {
            Map<String, List<String>> unit = unit(host, "pipecat.service");
            assertEquals(List.of("always"), unit.get("Restart"));
            assertEquals(List.of("0"), unit.get("StartLimitIntervalSec"));
            assertEquals(List.of("/etc/pipecat/pipecat.env"), unit.get("EnvironmentFile"));
            assertEquals(List.of("/opt/pipecat/bin/start_pipecatapp.sh"), unit.get("ExecStart"));
            assertEquals(List.of("strict"), unit.get("ProtectSystem"));
            assertEquals(List.of("/var/lib/pipecat"), unit.get("ReadWritePaths"));
            assertEquals(List.of(""), unit.get("CapabilityBoundingSet"));
            assertEquals(List.of("true"), unit.get("NoNewPrivileges"));
            assertEquals(List.of("true"), unit.get("RestrictNamespaces"));
            assertFalse(unit.containsKey("MemoryMax"), unit.toString());
        }
        Map<String, List<String>> open = unit("mid2", "pipecat.service");
        assertEquals(List.of("4G"), open.get("MemoryMax"));
        assertFalse(open.containsKey("RestrictNamespaces"), "a sandbox needs namespaces");
    }

    @Test
    void theUnitOfAContainerNamesItsSettingsAndNotTheirValues() throws Exception {
        Map<String, List<String>> unit = unit("boxed1", "pipecat-container.service");
        assertEquals(List.of("always"), unit.get("Restart"));
        assertEquals(List.of("0"), unit.get("StartLimitIntervalSec"));
        assertEquals(List.of("/etc/pipecat/pipecat.env"), unit.get("EnvironmentFile"));
        List<String> words = List.of(unit.get("ExecStart").getFirst().split("\\s+"));
        assertEquals(List.of("/usr/bin/docker", "run", "--rm"), words.subList(0, 3));
        assertTrue(
                words.getLast().matches("localhost/pipecat:0\\.1\\.0-SNAPSHOT-core-docker-[0-9a-f]{12}"),
                words.getLast());
        assertTrue(words.containsAll(List.of("--read-only", "no-new-privileges", "997:996", "4g")), words.toString());
        assertTrue(words.contains("/etc/pipecat/mqtt-ca.pem:/etc/pipecat/mqtt-ca.pem:ro"), words.toString());
        for (String name : environment("boxed1").keySet()) {
            assertEquals("--env", words.get(words.indexOf(name) - 1), name);
        }
        assertFalse(text("boxed1", "pipecat-container.service").contains("secret"), "a secret stands in the unit");
        assertTrue(text("boxed1", "pipecat.sh").contains("/usr/bin/docker exec"), text("boxed1", "pipecat.sh"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"edge1", "mid1", "core1", "boxed1"})
    void systemdReadsTheUnits(String host) throws Exception {
        RequiredPart.of("systemd-analyze", "Debian package systemd").orSkip();
        // It would look for the programs on this machine.
        for (String file : List.of("pipecat.service", "pipecat-container.service")) {
            Path unit = Files.createDirectories(folder.resolve(host + "-units")).resolve(file);
            Files.writeString(
                    unit,
                    text(host, file)
                            .replace("/opt/pipecat/bin/start_pipecatapp.sh", "/bin/true")
                            .replace("/usr/bin/docker", "/bin/true"));
            assertEquals(
                    "", Shell.run("systemd-analyze verify --man=no " + unit).ok());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"edge1", "mid1", "core1", "boxed1"})
    void theScriptsAreClean(String host) {
        RequiredPart.of("shellcheck", "Debian package shellcheck").orSkip();
        for (String file : List.of("start_pipecatapp.sh", "pipecat.sh", "healthcheck.sh")) {
            Shell.run("shellcheck " + folder.resolve(host).resolve(file)).ok();
        }
    }

    @Test
    void theStartScriptReadsTheSettingsAndLetsItsCallerWin() throws Exception {
        // The paths of the machine, moved to here.
        Path here = Files.createDirectories(folder.resolve("machine/current/bin"))
                .getParent()
                .getParent();
        Path program = here.resolve("current/bin/start_pipecat.sh");
        Files.writeString(program, "#!/bin/sh\necho \"$1 $NODE_NAME $SERVE\"\nprintf %s \"$TOOL_SERVER_API_KEY\"\n");
        Path script = here.resolve("start.sh");
        Files.writeString(
                script,
                text("core1", "start_pipecatapp.sh")
                        .replace("/opt/pipecat", here.toString())
                        .replace("/var/lib/pipecat", here.toString())
                        .replace("/etc/pipecat", folder.resolve("core1").toString()));
        Shell.run("chmod +x " + program + " " + script).ok();
        assertEquals(
                "--flag core1 llm\n" + SECRET,
                Shell.run(folder, Map.of("SERVE", "llm"), script + " --flag").ok());
        assertEquals(
                "--flag other \n" + SECRET,
                Shell.run(folder, Map.of("NODE_NAME", "other"), script + " --flag")
                        .ok());
    }

    @Test
    void aNodeIsAJobThatStaysOnItsMachine() throws Exception {
        JsonObject job = Hcl.block(Hcl.read(folder.resolve("job.1/pipecat.nomad")), "job", "pipecat-job-1");
        assertEquals("service", job.string("type").orElseThrow());
        assertEquals(
                "${attr.unique.hostname}",
                Hcl.block(job, "constraint").string("attribute").orElseThrow());
        assertEquals(
                "job.1.example", Hcl.block(job, "constraint").string("value").orElseThrow());
        String version = Hcl.block(job, "meta").string("version").orElseThrow();
        assertTrue(version.matches("[0-9.]+(-SNAPSHOT)?-mid-0123456789ab"), version);
        assertEquals(
                "1764400000.5",
                Hcl.block(job, "meta").string("settings_changed").orElseThrow());
        JsonObject group = Hcl.block(job, "group", "node");
        assertEquals("delay", Hcl.block(group, "restart").string("mode").orElseThrow());
        JsonObject task = Hcl.block(group, "task", "pipecat");
        assertEquals("raw_exec", task.string("driver").orElseThrow());
        // Doubled: HCL is to put nothing in for these.
        assertEquals(
                "/opt/a $${b}/bin/start_pipecatapp.sh",
                Hcl.block(task, "config").string("command").orElseThrow());
        assertEquals(
                "9000",
                Hcl.block(task, "resources").number("memory").orElseThrow().toString());
        assertFalse(text("job.1", "pipecat.nomad").contains("ey\\\""), "a secret stands in the job");
        assertEquals("mid", environment("job.1").get("NODE_TIER"));
    }
}
