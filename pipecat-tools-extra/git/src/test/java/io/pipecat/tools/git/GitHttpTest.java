package io.pipecat.tools.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.setting.Secret;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolProvider;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
                List.of(root), "Robo", "robo@example.org", Optional.of(new Secret(token)), tokenHosts, plainHosts));
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
