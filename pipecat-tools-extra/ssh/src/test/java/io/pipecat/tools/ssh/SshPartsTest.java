package io.pipecat.tools.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.tool.MethodSpec;
import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts that need no server. */
class SshPartsTest {
    private static final byte[] KEY = {1, 2, 3};
    private static final byte[] OTHER = {4, 5, 6};

    private static String text(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }

    @Test
    void isFoundByServiceLoader() {
        assertTrue(ServiceLoader.load(ToolProvider.class).stream()
                .anyMatch(provider -> provider.type() == SshToolProvider.class));
    }

    @Test
    void theSignatureIsTheContracts(@TempDir Path folder) {
        Tool tool = Tool.annotated(new SshTool(Calls.settings(folder, folder)));
        assertEquals("ssh", tool.spec().name());
        assertEquals(Placement.NORMAL, tool.spec().placement());
        MethodSpec method = tool.spec().methods().getFirst();
        assertEquals("run_command", method.name());
        assertTrue(method.sensitive());
        assertEquals(
                Set.of("host", "username", "command", "key_filename", "password"),
                method.parameters().object("properties").orElseThrow().members().keySet());
        assertEquals(
                "[\"host\",\"username\",\"command\"]",
                method.parameters().get("required").orElseThrow().toString());
        tool.close();
    }

    @Test
    void hostsComeWithPortsAndBrackets() throws Exception {
        assertEquals(new Target("u", "nas", 22), Target.parse("NAS", "u"));
        assertEquals(new Target("u", "nas.lan", 2222), Target.parse("nas.lan:2222", "u"));
        assertEquals(new Target("u", "fe80::1", 22), Target.parse("fe80::1", "u"));
        assertEquals(new Target("u", "fe80::1", 2022), Target.parse("[fe80::1]:2022", "u"));
        assertEquals("[fe80::1]:2022", Target.parse("[fe80::1]:2022", "u").knownAs());
        assertEquals("fe80::1", Target.parse("[fe80::1]", "u").knownAs());
        for (String bad : List.of(
                "", "a b", "u@nas", "nas:", "nas:0", "nas:99999", "-oProxyCommand=x", "ssh://nas", "[a", "a\nb")) {
            assertThrows(ToolException.class, () -> Target.parse(bad, "u"), bad);
        }
        for (String command : List.of("nas;id", "$(id).lan", "`id`", "nas|sh", "nas&", "nas>x", "'nas", "[a;id]:22")) {
            assertThrows(ToolException.class, () -> Target.parse(command, "u"), command);
        }
        for (String bad : List.of("", "-l", "a b", "a@b", "a\0")) {
            assertThrows(ToolException.class, () -> Target.parse("nas", bad), bad);
        }
    }

    @Test
    void knownHostsAreReadAsOpenSshDoes() {
        KnownHosts hosts = KnownHosts.parse(String.join(
                "\n",
                "# a comment",
                "nonsense",
                "nas,192.168.1.5 ssh-ed25519 " + text(KEY) + " a comment",
                "*.lan,!bad.lan ssh-rsa " + text(KEY),
                "[nas]:2222 ssh-ed25519 " + text(OTHER),
                "@cert-authority * ssh-ed25519 " + text(OTHER),
                "@revoked * ssh-ed25519 " + text(new byte[] {9})));
        assertEquals(KnownHosts.Verdict.TRUSTED, hosts.judge("nas", KEY));
        assertEquals(KnownHosts.Verdict.TRUSTED, hosts.judge("192.168.1.5", KEY));
        assertEquals(KnownHosts.Verdict.CHANGED, hosts.judge("nas", OTHER));
        assertEquals(KnownHosts.Verdict.TRUSTED, hosts.judge("[nas]:2222", OTHER));
        assertEquals(KnownHosts.Verdict.CHANGED, hosts.judge("[nas]:2222", KEY));
        assertEquals(KnownHosts.Verdict.UNKNOWN, hosts.judge("[nas]:2223", KEY));
        assertEquals(KnownHosts.Verdict.TRUSTED, hosts.judge("good.lan", KEY));
        assertEquals(KnownHosts.Verdict.UNKNOWN, hosts.judge("bad.lan", KEY));
        assertEquals(KnownHosts.Verdict.UNKNOWN, hosts.judge("nasty", KEY));
        assertEquals(KnownHosts.Verdict.REVOKED, hosts.judge("nas", new byte[] {9}));
        assertEquals(Set.of("ssh-ed25519"), hosts.typesOf("nas"));
    }

    @ParameterizedTest
    @CsvSource({
        "*, nas, true",
        "n?s, nas, true",
        "n?s, ns, false",
        "NAS, nas, true",
        "*.lan, a.b.lan, true",
        "*.lan, lan, false",
        "10.*.?.7, 10.1.2.3.7, true",
        "10.*.?.7, 10.1.22.7, false",
        "n*, n, true",
        "n**s, nas, true",
        "nas*x, nas, false",
        "nas, nasty, false",
        "a.c, abc, false",
    })
    void starsAndQuestionMarksCoverHosts(String pattern, String host, boolean covers) {
        KnownHosts hosts = KnownHosts.parse(pattern + " ssh-ed25519 " + text(KEY));
        assertEquals(covers ? KnownHosts.Verdict.TRUSTED : KnownHosts.Verdict.UNKNOWN, hosts.judge(host, KEY));
    }

    /** An engine that tries every way to share the name among the stars is not done in a lifetime. */
    @Test
    void manyStarsAreReadInAMoment() {
        KnownHosts hosts = KnownHosts.parse("*a".repeat(40) + "b ssh-ed25519 " + text(KEY));
        String host = "a".repeat(250);
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            assertEquals(KnownHosts.Verdict.UNKNOWN, hosts.judge(host, KEY));
            assertEquals(KnownHosts.Verdict.TRUSTED, hosts.judge(host + "b", KEY));
        });
    }

    @Test
    void keysComeFromTheirFolderAlone(@TempDir Path folder) throws Exception {
        Path keys = Files.createDirectory(folder.toRealPath().resolve("keys"));
        Path outside = folder.toRealPath().resolve("outside");
        RealSshd.keygen(outside, "ed25519", "");
        RealSshd.keygen(keys.resolve("good"), "ed25519", "");
        RealSshd.keygen(keys.resolve("locked"), "ed25519", "a passphrase");
        RealSshd.keygen(keys.resolve("id_rsa"), "rsa", "a passphrase");
        Files.createSymbolicLink(keys.resolve("link"), outside);
        Files.writeString(keys.resolve("text"), "no key at all");
        KeyFiles files = new KeyFiles(keys);
        assertEquals("good", files.named("good").name());
        assertEquals("good", files.named(keys.resolve("good").toString()).name());
        for (String name : List.of("../outside", outside.toString(), "link", "", ".", "/etc/shadow")) {
            String message = assertThrows(ToolException.class, () -> files.named(name), name)
                    .getMessage();
            assertTrue(message.contains("Keys are taken from " + keys + " alone"), message);
        }
        assertTrue(failure(files, "locked").contains("protected by a passphrase"), failure(files, "locked"));
        assertTrue(failure(files, "text").contains("no private key"), failure(files, "text"));
        assertTrue(failure(files, "good.pub").contains("public half"), failure(files, "good.pub"));
        assertTrue(failure(files, "god").contains("Did you mean 'good'?"), failure(files, "god"));
        assertEquals(List.of(), files.usual());
    }

    private static String failure(KeyFiles files, String name) {
        return assertThrows(ToolException.class, () -> files.named(name)).getMessage();
    }

    @Test
    void outputIsKeptUpToALimitInWholeCharacters() {
        List<String> lines = new ArrayList<>();
        AtomicBoolean flooded = new AtomicBoolean();
        OutputCapture capture = new OutputCapture(8, lines::add, () -> flooded.set(true));
        byte[] bytes = "abc\nü€€\n\u001b[31mred\n".getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) {
            capture.write(b);
        }
        assertTrue(capture.truncated());
        assertEquals("abc\nü", capture.text());
        assertEquals(List.of("abc", "ü€€", "[31mred"), lines);
        assertFalse(flooded.get());
    }
}
