package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.testkit.Await;
import io.pipecat.testkit.RequiredPart;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Memory that is too little from the start, runs out in use, is taken away, and comes back. */
@Timeout(600)
class MemoryTest {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int MIB = 1 << 20;

    @TempDir
    private Path folder;

    private Pipecat node() throws Exception {
        return new Pipecat(folder).with("WEB_PORT", "0");
    }

    @Test
    void whereThereIsTooLittleToStartItSaysWhatToDo() throws Exception {
        // With still less, it is the JVM itself that does not start.
        Pipecat.Result result = node().with("JAVA_OPTS", "-Xms4m -Xmx12m").run("ask", RunningNode.SUM);
        assertTrue(result.isPlainFailure(1), result.code() + " " + result.err());
        assertTrue(
                result.err().contains("The memory is used up") && result.err().contains("JAVA_OPTS"), result.err());
        assertTrue(node().run("ask", RunningNode.SUM).out().contains("391"), "and with enough of it all is well");
    }

    @Test
    void whatDoesNotFitFailsAloneOrEndsTheNodeAndLosesNothing() throws Exception {
        Pipecat pipecat = node().with("JAVA_OPTS", "-Xms16m -Xmx48m");
        RunningNode node = new RunningNode(pipecat);
        try {
            node.answers();
            String id = node.get("/api/conversations").replaceFirst("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
            Path file = pipecat.stateDir().resolve("conversations").resolve(id + ".jsonl");
            long before = Files.size(file);
            int failed = 0;
            for (int mib : new int[] {6, 12, 18, 24, 30, 60}) {
                grow(file, mib);
                try {
                    HttpResponse<String> answer = node.send(node.request("/api/conversations/" + id));
                    assertTrue(answer.statusCode() == 200 || answer.statusCode() == 500, answer.statusCode() + "");
                    failed += answer.statusCode() == 500 ? 1 : 0;
                } catch (IOException e) {
                    failed++;
                    assertTrue(
                            node.process().waitFor(LONG.toSeconds(), TimeUnit.SECONDS), "half dead: " + node.output());
                }
                try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
                    raw.setLength(before);
                }
                if (!node.process().isAlive()) {
                    assertEquals(1, node.process().waitFor(), node.output());
                    assertTrue(node.output().contains("The memory is used up"), node.output());
                    node = new RunningNode(pipecat);
                }
                assertTrue(node.get("/api/conversations/" + id).contains(RunningNode.SUM), "it is there again");
                node.answers();
            }
            assertTrue(failed > 0, "it all fitted");
        } finally {
            node.close();
        }
    }

    /** Adds what nobody needs. */
    private static void grow(Path file, int mib) throws IOException {
        String line = "{\"pad\":\"" + "x".repeat(MIB) + "\"}\n";
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardOpenOption.APPEND)) {
            for (int i = 0; i < mib; i++) {
                out.write(line);
            }
        }
    }

    @Test
    void whatIsTakenAwayInUseCostsAnswersAndNoState() throws Exception {
        RequiredPart.of("prlimit", "Debian package util-linux").orSkip();
        Pipecat pipecat = node();
        try (RunningNode node = new RunningNode(pipecat)) {
            node.answers();
            limit(node, Long.toString(size(node)));
            for (int i = 0; i < 10 && node.process().isAlive(); i++) {
                try {
                    node.send(node.request("/api/chat")
                            .timeout(LONG)
                            .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"" + RunningNode.SUM + "\"}")));
                } catch (java.net.http.HttpTimeoutException e) {
                    throw new AssertionError("it neither answers nor fails: " + node.output(), e);
                } catch (IOException e) {
                    assertTrue(
                            node.process().waitFor(LONG.toSeconds(), TimeUnit.SECONDS), "half dead: " + node.output());
                }
            }
            if (node.process().isAlive()) {
                limit(node, "unlimited");
                Await.until("it answers again", LONG, () -> answersAgain(node));
                assertEquals(143, node.stop());
            } else {
                assertNotEquals(0, node.process().exitValue());
            }
        }
        try (RunningNode node = new RunningNode(pipecat)) {
            assertTrue(node.get("/api/conversations?query=391").contains(RunningNode.SUM));
            node.answers();
        }
    }

    private static boolean answersAgain(RunningNode node) {
        try {
            return node.say(RunningNode.SUM).contains("391");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static long size(RunningNode node) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(node.process().pid()), "status")).stream()
                        .filter(line -> line.startsWith("VmSize:"))
                        .map(line -> line.replaceAll("\\D", ""))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElseThrow()
                * 1024;
    }

    private static void limit(RunningNode node, String bytes) throws Exception {
        Process prlimit = new ProcessBuilder(
                        "prlimit", "--pid", Long.toString(node.process().pid()), "--as=" + bytes + ":unlimited")
                .inheritIO()
                .start();
        assertTrue(prlimit.waitFor(30, TimeUnit.SECONDS) && prlimit.exitValue() == 0);
    }
}
