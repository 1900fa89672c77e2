package io.pipecat.tools.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.testkit.RequiredPart;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Debian's sshd on loopback, with keys, settings and a port of its own; it lets in whoever runs the test. */
final class RealSshd implements AutoCloseable {
    static final RequiredPart SSHD = RequiredPart.of("sshd", "Debian package openssh-server");
    static final RequiredPart KEYGEN = RequiredPart.of("ssh-keygen", "Debian package openssh-client");
    static final String USER = System.getProperty("user.name");

    final Path keyDir;
    final Path knownHosts;
    private final Path folder;
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private Process process;
    private int port;

    RealSshd(Path folder) throws Exception {
        this.folder = folder;
        SSHD.orSkip();
        KEYGEN.orSkip();
        keyDir = Files.createDirectory(folder.resolve("keys"));
        knownHosts = folder.resolve("known_hosts");
        for (String type : List.of("ed25519", "ecdsa", "rsa")) {
            keygen(folder.resolve("host_" + type), type, "");
            keygen(keyDir.resolve("id_" + type), type, "");
        }
        Files.writeString(
                folder.resolve("authorized_keys"),
                publicKey(keyDir.resolve("id_ed25519"))
                        + publicKey(keyDir.resolve("id_ecdsa"))
                        + publicKey(keyDir.resolve("id_rsa")));
        // The folder that sshd wants for its unprivileged half; the system's service makes it at boot.
        if (USER.equals("root")) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        boolean up = false;
        for (int tries = 0; !up && tries < 5; tries++) {
            up = start();
        }
        assertTrue(up, () -> "sshd does not start: " + log);
        trust("host_ed25519.pub", "host_ecdsa.pub", "host_rsa.pub");
    }

    private boolean start() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path config = folder.resolve("sshd_config");
        Files.writeString(config, """
                Port %d
                ListenAddress 127.0.0.1
                HostKey %2$s/host_ed25519
                HostKey %2$s/host_ecdsa
                HostKey %2$s/host_rsa
                AuthorizedKeysFile %2$s/authorized_keys
                PidFile none
                StrictModes no
                UsePAM no
                PermitRootLogin prohibit-password
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                MaxStartups 100
                """.formatted(port, folder));
        process = new ProcessBuilder(SSHD.orSkip().toString(), "-D", "-e", "-f", config.toString())
                .redirectErrorStream(true)
                .start();
        CompletableFuture<Boolean> listening = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try (BufferedReader lines = process.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    log.add(line);
                    if (line.contains("Server listening")) {
                        listening.complete(true);
                    }
                }
            } catch (IOException e) {
                listening.completeExceptionally(e);
            }
            listening.complete(false);
        });
        return listening.get(30, TimeUnit.SECONDS);
    }

    static void keygen(Path file, String type, String passphrase) throws Exception {
        run(KEYGEN.orSkip().toString(), "-q", "-t", type, "-N", passphrase, "-f", file.toString());
    }

    static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> Arrays.toString(command) + ": " + output);
        return output;
    }

    private static String publicKey(Path key) throws IOException {
        return Files.readString(Path.of(key + ".pub"));
    }

    String host() {
        return "127.0.0.1:" + port;
    }

    /** Replaces what is known of this server by some of its keys. */
    void trust(String... keys) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String key : keys) {
            lines.add("[127.0.0.1]:" + port + " "
                    + Files.readString(folder.resolve(key)).strip());
        }
        Files.write(knownHosts, lines);
    }

    @Override
    public void close() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            process.onExit().join();
        }
    }
}
