package io.pipecat.tools.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.setting.Secret;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolProvider;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories on a server, and who gets the token. */
class GitHttpTest {
    @TempDir
    Path folder;

    private Tool tool(Path root, Set<String> tokenHosts, Set<String> plainHosts, String token) {
        return Calls.tool(new GitSettings(
                List.of(root), "Robo", "robo@example.org", Optional.of(new Secret(token)), tokenHosts, plainHosts, 1));
    }

    @Test
    void isFoundByServiceLoader() {
        assertTrue(ServiceLoader.load(ToolProvider.class).stream()
                .anyMatch(provider -> provider.type() == GitToolProvider.class));
    }

    @Test
    void theTokenLogsInWhereItIsFor() throws Exception {
        Path served = Files.createDirectory(folder.toRealPath().resolve("served"));
        Path root = Files.createDirectory(folder.toRealPath().resolve("root"));
        Path origin = RealGit.origin(served);
        try (GitHttpServer server = new GitHttpServer(served, "robo", "s3cret")) {
            Set<String> here = Set.of(server.host());
            Tool tool = tool(root, here, here, "robo:s3cret");
            String url = "http://" + server.host() + "/origin.git";
            Calls.call(tool, "clone", "repo_url", url, "directory", "work");
            Files.writeString(root.resolve("work/b.txt"), "b\n");
            Calls.call(tool, "commit", "working_dir", "work", "message", "b");
            Calls.call(tool, "push", "working_dir", "work");
            Calls.call(tool, "pull", "working_dir", "work");
            assertEquals("b", RealGit.git(origin, "log", "-1", "--format=%s"));
            assertFalse(Files.readString(root.resolve("work/.git/config")).contains("s3cret"));
        }
    }

    @Test
    void theTokenGoesNowhereElse() throws Exception {
        Path root = folder.toRealPath();
        try (GitHttpServer server = new GitHttpServer(root, "robo", "s3cret")) {
            String url = "http://" + server.host() + "/origin.git";
            Set<String> here = Set.of(server.host());
            Tool elsewhere = tool(root, Set.of("example.org"), here, "robo:s3cret");
            String message = Calls.failure(elsewhere, "clone", "repo_url", url, "directory", "work");
            assertFalse(message.contains("s3cret"), message);
            Tool unencrypted = tool(root, here, Set.of(), "robo:s3cret");
            message = Calls.failure(unencrypted, "clone", "repo_url", url, "directory", "work");
            assertTrue(message.contains("GIT_PLAIN_HTTP_HOSTS"), message);
            assertEquals(Set.of("null"), Set.copyOf(server.credentials));
            Tool wrong = tool(root, here, here, "robo:wr0ng");
            message = Calls.failure(wrong, "clone", "repo_url", url, "directory", "work");
            assertFalse(message.contains("wr0ng"), message);
            assertFalse(Files.exists(root.resolve("work")));
        }
    }

    @Test
    void noMoreIsTakenThanTheLimitAllowsAndNothingIsLeft() throws Exception {
        Path served = Files.createDirectory(folder.toRealPath().resolve("served"));
        Path root = Files.createDirectory(folder.toRealPath().resolve("root"));
        RealGit.origin(served);
        byte[] noise = new byte[3 << 20];
        new Random(1).nextBytes(noise);
        Files.write(served.resolve("seed/noise"), noise);
        RealGit.commit(served.resolve("seed"), "b.txt", "b\n", "what does not compress");
        try (GitHttpServer server = new GitHttpServer(served, "robo", "s3cret")) {
            Set<String> here = Set.of(server.host());
            Tool tool = tool(root, here, here, "robo:s3cret");
            String url = "http://" + server.host() + "/";
            String message = Calls.failure(tool, "clone", "repo_url", url + "seed/.git", "directory", "work");
            assertTrue(message.contains("GIT_FETCH_LIMIT_MIB"), message);
            assertFalse(Files.exists(root.resolve("work")));
            Calls.call(tool, "clone", "repo_url", url + "origin.git", "directory", "work");
        }
    }

    @Test
    void theWorkKeepsNoCarrier() throws Exception {
        boolean virtual = new Worker()
                .run(
                        "Looking",
                        folder,
                        new ToolContext("test", Instant.MAX, line -> {}),
                        progress -> Thread.currentThread().isVirtual());
        assertFalse(virtual);
    }

    @Test
    void aCloneFromASilentServerCanBeInterrupted() throws Exception {
        Path root = folder.toRealPath();
        for (Thread.Builder builder : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
            try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
                String host = "127.0.0.1:" + silent.getLocalPort();
                Tool tool = tool(root, Set.of(host), Set.of(host), "t");
                CompletableFuture<Throwable> outcome = new CompletableFuture<>();
                Thread caller = builder.start(() -> outcome.complete(assertThrows(
                        Throwable.class,
                        () -> Calls.call(tool, "clone", "repo_url", "http://" + host + "/x", "directory", "work"))));
                try (var accepted = silent.accept()) {
                    accepted.getInputStream().read();
                    caller.interrupt();
                    assertEquals(
                            InterruptedException.class,
                            outcome.get(30, TimeUnit.SECONDS).getClass());
                }
                assertFalse(Files.exists(root.resolve("work")));
            }
        }
    }
}
