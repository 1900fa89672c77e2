package io.pipecat.tools.local.ansible;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.testkit.RequiredPart;
import io.pipecat.tools.local.Calls;
import io.pipecat.tools.local.process.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the real Ansible, on this machine only and writing nowhere but into folders of the test. */
class AnsibleToolTest {
    private static final RequiredPart ANSIBLE = RequiredPart.of("ansible-playbook", "Debian package ansible-core");

    @TempDir
    Path folder;

    private Path playbooks;
    private Path stateDir;
    private Tool tool;

    @BeforeEach
    void makeFolders() throws Exception {
        playbooks = Files.createDirectory(folder.resolve("playbooks"));
        stateDir = Files.createDirectory(folder.resolve("state"));
        Path inventory = Files.writeString(playbooks.resolve("hosts.ini"), """
                [web]
                one ansible_connection=local ansible_python_interpreter=/usr/bin/python3
                two ansible_connection=local ansible_python_interpreter=/usr/bin/python3
                """);
        Files.writeString(playbooks.resolve("ansible.cfg"), """
                [defaults]
                local_tmp = %1$s/tmp
                remote_tmp = %1$s/remote
                """.formatted(folder));
        tool = Tool.annotated(new AnsibleTool(playbooks, Optional.of(inventory), stateDir));
    }

    @AfterEach
    void nothingIsLeftBehind() throws Exception {
        try (Stream<Path> files = Files.list(stateDir)) {
            assertEquals(List.of(), files.toList());
        }
    }

    private void playbook(String name, String tasks) throws Exception {
        Files.writeString(playbooks.resolve(name), "- hosts: all\n  gather_facts: false\n  tasks:\n" + tasks.indent(4));
    }

    private static JsonObject arguments(String playbook, Object... more) {
        JsonObject.Builder builder = JsonObject.builder().put("playbook", playbook);
        for (int i = 0; i < more.length; i += 2) {
            builder.put(String.valueOf(more[i]), JsonValue.from(more[i + 1]));
        }
        return builder.build();
    }

    private JsonObject run(String playbook, Object... more) throws Exception {
        ANSIBLE.orSkip();
        return Calls.object(tool, "run_playbook", arguments(playbook, more));
    }

    private String failure(String playbook, Object... more) {
        return Calls.failure(tool, "run_playbook", arguments(playbook, more));
    }

    private static int exitCode(JsonObject result) {
        return result.number("exit_code").orElseThrow().toInt();
    }

    private static String output(JsonObject result) {
        return result.string("output").orElseThrow();
    }

    @Test
    void isHeavyAndAsksFirst() {
        assertEquals(Placement.HEAVY, tool.spec().placement());
        assertTrue(tool.spec().methods().getFirst().sensitive());
        assertEquals(
                List.of("playbook", "limit", "tags", "extra_vars"),
                tool.spec().methods().getFirst().parameterNames());
    }

    @Test
    void runsAndTellsEachHost() throws Exception {
        ANSIBLE.orSkip();
        playbook("site.yml", """
                - name: Greet
                  ansible.builtin.debug:
                    msg: "Grüße {{ who }} {{ n + 1 }} on {{ inventory_hostname }}"
                - name: Change
                  ansible.builtin.command: "true"
                """);
        List<String> progress = Collections.synchronizedList(new ArrayList<>());
        JsonObject result = (JsonObject) tool.call(
                "run_playbook",
                arguments("site.yml", "limit", "one", "extra_vars", Map.of("who", "s3cret's \"$(id)\"", "n", 41)),
                new ToolContext("test", Instant.MAX, progress::add));
        assertEquals(0, exitCode(result), () -> output(result));
        assertEquals(
                "{\"one\":{\"ok\":2,\"changed\":1,\"unreachable\":0,\"failed\":0,\"skipped\":0,\"rescued\":0,\"ignored\":0}}",
                result.object("recap").orElseThrow().toString());
        assertTrue(output(result).contains("Grüße s3cret's \\\"$(id)\\\" 42 on one"), () -> output(result));
        assertTrue(progress.stream().anyMatch(line -> line.startsWith("TASK [Greet]")), progress::toString);
        assertFalse(output(result).contains("\u001B["));
    }

    @Test
    void onlyTheTagsRun() throws Exception {
        playbook("site.yml", """
                - ansible.builtin.debug: {msg: first}
                  tags: a
                - ansible.builtin.debug: {msg: second}
                  tags: b
                """);
        JsonObject result = run("site.yml", "tags", "b");
        assertFalse(output(result).contains("first"));
        assertTrue(output(result).contains("second"));
        assertEquals(2, result.object("recap").orElseThrow().members().size());
    }

    @Test
    void aFailedTaskIsAResult() throws Exception {
        playbook("site.yml", "- ansible.builtin.command: \"false\"\n");
        JsonObject result = run("site.yml");
        assertEquals(2, exitCode(result));
        assertTrue(result.toString().contains("\"failed\":1"), result::toString);
        assertTrue(output(result).contains("non-zero return code"), () -> output(result));
    }

    @Test
    void aPlaybookThatIsNoneIsAResultToo() throws Exception {
        Files.writeString(playbooks.resolve("site.yml"), "- : :");
        JsonObject result = run("site.yml");
        assertEquals(4, exitCode(result));
        assertTrue(output(result).contains("ERROR!"), () -> output(result));
    }

    @Test
    void theEnvironmentOfTheNodeIsNotThere() throws Exception {
        playbook(
                "site.yml",
                "- ansible.builtin.command: env\n  register: e\n- ansible.builtin.debug: {var: e.stdout}\n");
        String seen = output(run("site.yml", "limit", "one"));
        assertTrue(seen.contains("PATH=/usr/local/sbin"), seen);
        assertFalse(seen.contains("JAVA_HOME") || seen.contains("MAVEN") || seen.contains("SUREFIRE"), seen);
    }

    @Test
    void secretsAreNotInTheListOfProcesses() throws Exception {
        Files.writeString(playbooks.resolve("look.yml"), """
                - hosts: one
                  gather_facts: false
                  tasks:
                    - ansible.builtin.slurp: {src: "/proc/{{ lookup('pipe', 'echo $PPID') }}/cmdline"}
                      register: line
                    - ansible.builtin.debug: {msg: "{{ line.content | b64decode | regex_replace('\\\\x00', ' ') }}"}
                """);
        String seen = output(run("look.yml", "extra_vars", Map.of("password", "s3cret-value")));
        assertTrue(seen.contains("--extra-vars=@" + stateDir), seen);
        assertFalse(seen.contains("s3cret-value"), seen);
    }

    @Test
    void anInterruptionEndsAllOfIt() throws Exception {
        ANSIBLE.orSkip();
        String marker = "6" + System.nanoTime() % 1_000_000_000 + ".125";
        playbook("site.yml", "- ansible.builtin.command: sleep " + marker + "\n");
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread call = Thread.startVirtualThread(() -> {
            try {
                run("site.yml", "limit", "one");
            } catch (InterruptedException e) {
                interrupted.countDown();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        while (running(marker) == 0 && call.isAlive()) {
            Thread.onSpinWait();
        }
        call.interrupt();
        call.join();
        assertEquals(0, interrupted.getCount());
        assertEquals(0, running(marker));
        assertEquals(0, running(playbooks.resolve("site.yml").toString()));
    }

    private static long running(String word) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(word))
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none.yml", "../outside.yml", "link.yml", "/etc/hosts", "hosts.ini", "", ".", "--version"})
    void onlyPlaybooksOfTheFolderRun(String name) throws Exception {
        ANSIBLE.orSkip();
        playbook("site.yml", "- ansible.builtin.debug:\n");
        Path outside = Files.writeString(folder.resolve("outside.yml"), "- hosts: all\n");
        Files.createSymbolicLink(playbooks.resolve("link.yml"), outside);
        String message = failure(name);
        assertTrue(message.startsWith("There is no playbook '" + name + "' in " + playbooks), message);
        assertTrue(message.endsWith("link.yml, site.yml."), message);
    }

    @ParameterizedTest
    @CsvSource({
        "limit, @/etc/passwd",
        "limit, -e@x",
        "limit, --version",
        "limit, $(id)",
        "limit, a;b",
        "tags, -a",
        "tags, a;b",
        "tags, 'a\nb'"
    })
    void wordsThatAreNoneAreRefused(String name, String word) throws Exception {
        ANSIBLE.orSkip();
        playbook("site.yml", "- ansible.builtin.debug:\n");
        String message = failure("site.yml", name, word);
        assertTrue(message.startsWith("'" + word + "' cannot be used as " + name + ": "), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a                       | {{ lookup('pipe', 'id') }} | must not hold templates
            a                       | {% raw %}                  | must not hold templates
            ansible_connection      | local                      | would change how Ansible connects
            Ansible_ssh_common_args | -o ProxyCommand=x          | would change how Ansible connects
            a-b                     | 1                          | is no name of a variable
            """)
    void variablesThatAreMoreThanValuesAreRefused(String name, String value, String why) throws Exception {
        ANSIBLE.orSkip();
        playbook("site.yml", "- ansible.builtin.debug:\n");
        String message = failure("site.yml", "extra_vars", Map.of(name, value));
        assertTrue(message.contains(why), message);
    }

    @Test
    void templatesAreFoundAtAnyDepth() throws Exception {
        ANSIBLE.orSkip();
        playbook("site.yml", "- ansible.builtin.debug:\n");
        Object deep = Map.of("a", List.of(Map.of("b", "x {{ y }}")));
        assertTrue(failure("site.yml", "extra_vars", deep).contains("must not hold templates"));
        Object vault = Map.of("a", Map.of("__ansible_vault", "x"));
        assertTrue(failure("site.yml", "extra_vars", vault).contains("means something to Ansible itself"));
    }

    @Test
    void withoutAnsibleItSaysSo() {
        Tool none = Tool.annotated(new AnsibleTool(Programs.in(stateDir), playbooks, Optional.empty(), stateDir));
        String message = Calls.failure(none, "run_playbook", arguments("site.yml"));
        assertTrue(message.contains("ansible-playbook is not installed") && message.contains("apt install"), message);
    }

    @Test
    void withoutItsFolderItNamesTheSetting() {
        ANSIBLE.orSkip();
        Path gone = folder.resolve("gone");
        Tool lost = Tool.annotated(new AnsibleTool(gone, Optional.empty(), stateDir));
        String message = Calls.failure(lost, "run_playbook", arguments("site.yml"));
        assertTrue(message.contains(gone + " (setting ansible_dir)"), message);
    }
}
