package io.pipecat.tools.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.auth.keyboard.DefaultKeyboardInteractiveAuthenticator;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logging in by password, which a real sshd lets nobody but a real user do: against a server in this process. */
class PasswordLoginTest {
    private static final String PASSWORD = "correct horse";

    @TempDir
    Path folder;

    private SshServer server;
    private SshSettings settings;
    private Tool tool;

    @BeforeEach
    void start() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair hostKey = generator.generateKeyPair();
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPasswordAuthenticator((user, password, session) -> user.equals("mia") && password.equals(PASSWORD));
        server.setKeyboardInteractiveAuthenticator(DefaultKeyboardInteractiveAuthenticator.INSTANCE);
        server.setCommandFactory(ProcessShellCommandFactory.INSTANCE);
        server.start();
        Path knownHosts = folder.resolve("known_hosts");
        Files.writeString(
                knownHosts,
                "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(hostKey.getPublic()) + "\n");
        settings = Calls.settings(knownHosts, Files.createDirectory(folder.resolve("keys")));
        tool = Tool.annotated(new SshTool(settings));
    }

    @AfterEach
    void stop() throws IOException {
        tool.close();
        server.stop(true);
    }

    private JsonObject arguments(String password) {
        return Calls.arguments("127.0.0.1:" + server.getPort(), "mia", "echo in", null, password);
    }

    @Test
    void aPasswordLogsInEitherWay() throws Exception {
        for (UserAuthFactory factory :
                List.of(UserAuthPasswordFactory.INSTANCE, UserAuthKeyboardInteractiveFactory.INSTANCE)) {
            server.setUserAuthFactories(List.of(factory));
            assertEquals("in\n", Calls.out(Calls.run(tool, arguments(PASSWORD))), factory.getName());
        }
    }

    @Test
    void aWrongPasswordIsSaidWithoutSayingIt() {
        ToolException e = Calls.failure(tool, arguments("wrong-secret"));
        assertEquals(Reason.FAILED, e.reason());
        assertTrue(e.getMessage().contains("Tried: the password. Nothing ran."), e.getMessage());
        assertFalse(e.getMessage().contains("wrong-secret"), e.getMessage());
    }

    @Test
    void withNothingToLogInWithItSaysWhatThereCouldBe() {
        ToolException e = Calls.failure(tool, arguments(null));
        assertTrue(e.getMessage().contains("nothing to log in"), e.getMessage());
        assertTrue(e.getMessage().contains("SSH_AGENT_SOCKET"), e.getMessage());
    }

    @Test
    void anAgentThatIsNotThereIsSaid() {
        Tool withAgent = Tool.annotated(new SshTool(Calls.withAgent(settings, folder.resolve("no.sock"))));
        ToolException e = Calls.failure(withAgent, arguments(null));
        assertTrue(e.getMessage().contains("no.sock (setting SSH_AGENT_SOCKET) cannot be reached"), e.getMessage());
        withAgent.close();
    }

    @Test
    void aPortWhereNothingListensIsUnavailable() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        ToolException e = Calls.failure(tool, Calls.arguments("127.0.0.1:" + port, "mia", "true", null, PASSWORD));
        assertEquals(Reason.UNAVAILABLE, e.reason());
        assertTrue(e.getMessage().contains("nothing listens there"), e.getMessage());
        e = Calls.failure(tool, Calls.arguments("no-such-host.invalid", "mia", "true", null, PASSWORD));
        assertEquals(Reason.UNAVAILABLE, e.reason());
        assertTrue(e.getMessage().contains("the name is not known"), e.getMessage());
    }

    @Test
    void aServerThatSaysNothingEndsTheLoginInTime() throws Exception {
        SshSettings hasty = new SshSettings(
                settings.knownHosts(),
                settings.keyDir(),
                Optional.empty(),
                Duration.ofSeconds(10),
                Duration.ofMillis(300),
                Duration.ofSeconds(10),
                1000);
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Tool impatient = Tool.annotated(new SshTool(hasty))) {
            String host = "127.0.0.1:" + silent.getLocalPort();
            ToolException e = Calls.failure(impatient, Calls.arguments(host, "mia", "true", null, PASSWORD));
            assertEquals(Reason.UNAVAILABLE, e.reason());
            assertTrue(e.getMessage().contains("SSH_LOGIN_TIMEOUT"), e.getMessage());
        }
    }

    @Test
    void aLoginCanBeInterrupted() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String host = "127.0.0.1:" + silent.getLocalPort();
            CompletableFuture<Throwable> outcome = new CompletableFuture<>();
            Thread caller = Thread.ofPlatform()
                    .start(() -> outcome.complete(assertThrows(
                            Throwable.class,
                            () -> Calls.run(tool, Calls.arguments(host, "mia", "true", null, PASSWORD)))));
            try (var accepted = silent.accept()) {
                caller.interrupt();
                assertEquals(
                        InterruptedException.class,
                        outcome.get(30, TimeUnit.SECONDS).getClass());
                accepted.setSoTimeout(30_000);
                // The connection is gone too: after our greeting comes the end.
                accepted.getInputStream().readAllBytes();
            }
        }
    }
}
