package io.pipecat.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;

/**
 * A real broker on loopback, with a configuration of its own, that a test starts, stops and starts again on the same
 * port. It answers as soon as {@link #start} returns.
 *
 * <pre>{@code
 * try (Mosquitto broker = Mosquitto.in(folder).start();
 *         MosquittoSubscriber house = broker.subscribe("house/#")) {
 *     ... connect to broker.port() ...
 *     house.await("house/lamp on");
 * }
 * }</pre>
 */
public final class Mosquitto implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final Duration START = Duration.ofSeconds(20);
    private static final RequiredPart BROKER = RequiredPart.of("mosquitto", "Debian package mosquitto");
    private static final RequiredPart PASSWORDS = RequiredPart.of("mosquitto_passwd", "Debian package mosquitto");
    private static final RequiredPart PUBLISH = RequiredPart.of("mosquitto_pub", "Debian package mosquitto-clients");
    private static final RequiredPart SUBSCRIBE = RequiredPart.of("mosquitto_sub", "Debian package mosquitto-clients");
    private static final int PORTS_TO_TRY = 10;

    private final Path folder;
    private final List<String> extra = new ArrayList<>();
    private Optional<Certificates> certificates = Optional.empty();
    private Optional<String> user = Optional.empty();
    private String password = "";
    private int port;
    private @Nullable Process process;

    private Mosquitto(Path folder) {
        this.folder = folder;
    }

    /**
     * Prepares a broker that lets everybody do everything and forgets what it kept when it stops.
     *
     * @param folder where its files go, such as a {@code @TempDir}
     * @return the broker, not started
     */
    public static Mosquitto in(Path folder) {
        BROKER.orSkip();
        PUBLISH.orSkip();
        SUBSCRIBE.orSkip();
        return new Mosquitto(folder);
    }

    /**
     * Lets only this user in.
     *
     * @param name the user
     * @param secret the password
     * @return this broker
     */
    public Mosquitto user(String name, String secret) {
        Programs.run(
                folder,
                List.of(
                        PASSWORDS.orSkip().toString(),
                        "-b",
                        "-c",
                        file("passwords").toString(),
                        name,
                        secret));
        user = Optional.of(name);
        password = secret;
        return this;
    }

    /**
     * Restricts topics.
     *
     * @param lines as in an ACL file: {@code topic read public/#}
     * @return this broker
     */
    public Mosquitto acl(String... lines) {
        write("acl", String.join("\n", lines) + "\n");
        return option("acl_file " + file("acl"));
    }

    /**
     * Speaks TLS only.
     *
     * @param value its certificate
     * @return this broker
     */
    public Mosquitto tls(Certificates value) {
        certificates = Optional.of(value);
        return this;
    }

    /**
     * Adds a line to the configuration: {@code max_connections 1}, {@code persistence true}.
     *
     * @param line the line
     * @return this broker
     */
    public Mosquitto option(String line) {
        extra.add(line);
        return this;
    }

    /**
     * Starts it; on the port that it had, if it ran before.
     *
     * @return this broker, which answers
     */
    public Mosquitto start() {
        if (port != 0) {
            if (!started()) {
                Assertions.fail("mosquitto did not start: " + log());
            }
            return this;
        }
        for (int attempt = 0; attempt < PORTS_TO_TRY; attempt++) {
            port = freePort();
            if (started()) {
                return this;
            }
            // Somebody may have taken the port in between; everything else would fail again.
            if (!log().contains("in use")) {
                break;
            }
        }
        return Assertions.fail("mosquitto did not start: " + log());
    }

    /**
     * Returns a port of loopback that is free now, for a broker that is to come later.
     *
     * @return the port
     */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sets the port, so that something can look for the broker before it is there.
     *
     * @param value a free port
     * @return this broker
     */
    public Mosquitto port(int value) {
        port = value;
        return this;
    }

    private boolean started() {
        write("mosquitto.conf", String.join("\n", configuration()) + "\n");
        Process started;
        try {
            started = new ProcessBuilder(
                            BROKER.orSkip().toString(),
                            "-c",
                            file("mosquitto.conf").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(file("log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = started;
        return Await.holds(START, () -> answers() || !started.isAlive()) && started.isAlive();
    }

    private List<String> configuration() {
        List<String> lines = new ArrayList<>();
        lines.add("listener " + port + " " + HOST);
        // Started by root it would become somebody who cannot read a private temporary folder.
        lines.add("user root");
        lines.add("persistence_location " + folder.toAbsolutePath() + "/");
        lines.add("log_dest stdout");
        lines.add("allow_anonymous " + user.isEmpty());
        if (user.isPresent()) {
            lines.add("password_file " + file("passwords"));
        }
        certificates.ifPresent(tls -> {
            lines.add("cafile " + tls.authority().toAbsolutePath());
            lines.add("certfile " + tls.server().toAbsolutePath());
            lines.add("keyfile " + tls.serverKey().toAbsolutePath());
        });
        lines.addAll(extra);
        return lines;
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) START.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Stops it; it says good-bye to those that speak MQTT 5. */
    public void stop() {
        Process running = process;
        if (running == null) {
            return;
        }
        process = null;
        try {
            // A paused one would not hear of it.
            signal(running, "CONT");
            running.toHandle().destroy();
            if (!running.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Lets it hang: connections stay, nothing is answered. */
    public void pause() {
        signal(running(), "STOP");
    }

    /** Ends a {@linkplain #pause() pause}. */
    public void resume() {
        signal(running(), "CONT");
    }

    private Process running() {
        Process running = process;
        return running == null ? Assertions.fail("the broker does not run") : running;
    }

    private void signal(Process to, String name) {
        if (to.isAlive()) {
            Programs.run(folder, List.of("kill", "-" + name, String.valueOf(to.pid())));
        }
    }

    /**
     * Returns where it listens.
     *
     * @return a port of 127.0.0.1, the same after each start
     */
    public int port() {
        return port;
    }

    /**
     * Returns what it has logged since its last start.
     *
     * @return the log
     */
    public String log() {
        try {
            return Files.readString(file("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Publishes, from outside and as mosquitto_pub does it.
     *
     * @param topic the topic
     * @param payload what to say; empty to delete what is kept
     * @param options such as {@code -r} (keep it), {@code -q 1}
     */
    public void publish(String topic, String payload, String... options) {
        List<String> text = payload.isEmpty() ? List.of("-n") : List.of("-m", payload);
        Programs.run(folder, Programs.concat(client(PUBLISH, "-t", topic), text, List.of(options)));
    }

    /**
     * Publishes what a file holds.
     *
     * @param topic the topic
     * @param payload the file
     * @param options such as {@code -r}
     */
    public void publish(String topic, Path payload, String... options) {
        Programs.run(
                folder,
                Programs.concat(
                        client(PUBLISH, "-t", topic),
                        List.of("-f", payload.toAbsolutePath().toString()),
                        List.of(options)));
    }

    /**
     * Listens from outside, as mosquitto_sub does it.
     *
     * @param filter which topics
     * @param options such as {@code -q 1}
     * @return what it hears, from the moment in which this returns on and what was kept; to be closed
     */
    public MosquittoSubscriber subscribe(String filter, String... options) {
        return MosquittoSubscriber.start(
                Programs.concat(client(SUBSCRIBE, "-t", filter), List.of("-d", "-v"), List.of(options)));
    }

    private List<String> client(RequiredPart program, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(program.orSkip().toString(), "-h", HOST, "-p", String.valueOf(port), "-V", "mqttv5"));
        command.addAll(List.of(arguments));
        user.ifPresent(name -> command.addAll(List.of("-u", name, "-P", password)));
        certificates.ifPresent(tls -> command.addAll(
                List.of("--cafile", tls.authority().toAbsolutePath().toString())));
        return command;
    }

    private Path file(String name) {
        return folder.toAbsolutePath().resolve(name);
    }

    private void write(String name, String text) {
        try {
            Files.writeString(file(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
