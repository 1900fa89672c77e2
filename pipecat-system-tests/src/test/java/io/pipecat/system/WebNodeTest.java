package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./pipecat} does without a command. */
class WebNodeTest {
    @TempDir
    private Path folder;

    @Test
    void startsANodeWhoseConversationsOutliveIt() throws Exception {
        Pipecat pipecat = new Pipecat(folder).with("WEB_PORT", "0");
        try (RunningNode node = new RunningNode(pipecat)) {
            assertTrue(node.get("/").contains("<html"));
            String turn = node.post("/api/chat", "{\"text\":\"What is 17 * 23?\"}");
            assertTrue(turn.contains("391") && turn.contains("\"finish\":\"completed\""), turn);
            assertEquals(143, node.stop());
        }
        Path backup = folder.resolve("backup.zip");
        assertEquals(0, pipecat.run("backup", backup.toString()).code());
        try (ZipFile zip = new ZipFile(backup.toFile())) {
            assertTrue(zip.stream().anyMatch(entry -> entry.getName().startsWith("conversations/")));
        }
        try (RunningNode node = new RunningNode(pipecat)) {
            assertTrue(node.get("/api/conversations?query=391").contains("What is 17 * 23?"));
        }
        assertTrue(Files.isDirectory(pipecat.stateDir().resolve("conversations")));
    }

    @Test
    void aPortThatIsTakenIsToldByItsSetting() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Pipecat.Result result = new Pipecat(folder)
                    .with("WEB_PORT", String.valueOf(taken.getLocalPort()))
                    .run();
            assertTrue(result.isPlainFailure(3) && result.err().contains("WEB_PORT"), result.err());
        }
    }

    @Test
    void withoutTheJarItTalksInTheTerminal() throws Exception {
        Pipecat pipecat = new Pipecat(folder).typing("What is 17 * 23?\n");
        Path jars = pipecat.ownJars(folder.resolve("jars"));
        try (var all = Files.list(jars)) {
            Files.delete(all.filter(jar -> jar.getFileName().toString().startsWith("pipecat-endpoint-web-"))
                    .findFirst()
                    .orElseThrow());
        }
        Pipecat.Result result = pipecat.run();
        assertEquals(0, result.code(), result.err());
        assertTrue(result.out().contains("391"), result.out());
    }
}
