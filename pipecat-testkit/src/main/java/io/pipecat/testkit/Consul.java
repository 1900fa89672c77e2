package io.pipecat.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;

/**
 * A real Consul: an agent in development mode, alone, on loopback ports of its own. It keeps nothing on disk, so one that was
 * {@linkplain #restart() restarted} has forgotten everything, access control included.
 *
 * <pre>{@code
 * try (Consul consul = Consul.start(folder)) {
 *     consul.put("config/app/settings", "{}");
 * }
 * }</pre>
 */
public final class Consul implements AutoCloseable {
    private static final RequiredPart PROGRAM =
            RequiredPart.of("consul", "Debian package consul, see bin/consul-source");
    private static final RequiredPart OPENSSL = RequiredPart.of("openssl", "Debian package openssl");
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int STARTS = 3;
    private static final Pattern SECRET = Pattern.compile("\"SecretID\":\\s*\"([^\"]+)\"");

    /**
     * What Consul answered.
     *
     * @param status the HTTP status
     * @param body the text
     */
    public record Reply(int status, String body) {}

    private final Path folder;
    private final boolean acl;
    private final boolean tls;
    private final String program;
    private int[] ports = {};
    private String token = "";
    private @Nullable Process process;
    private @Nullable HttpClient client;

    private Consul(Path folder, boolean acl, boolean tls) {
        this.program = PROGRAM.orSkip().toString();
        this.folder = folder;
        this.acl = acl;
        this.tls = tls;
    }

    /**
     * Starts one that anybody may use; skips the test where Consul is not installed.
     *
     * @param folder for its log
     */
    public static Consul start(Path folder) throws IOException, InterruptedException {
        return begin(new Consul(folder, false, false));
    }

    /**
     * Starts one that denies whatever is not allowed; {@link #token()} may do everything.
     *
     * @param folder for its log
     */
    public static Consul startWithAcl(Path folder) throws IOException, InterruptedException {
        return begin(new Consul(folder, true, false));
    }

    /**
     * Starts one that speaks TLS only; see {@link #certificate()}.
     *
     * @param folder for its log, key and certificate
     */
    public static Consul startWithTls(Path folder) throws IOException, InterruptedException {
        Consul consul = new Consul(folder, false, true);
        consul.makeCertificate();
        return begin(consul);
    }

    private static Consul begin(Consul consul) throws IOException, InterruptedException {
        // Between finding a free port and listening on it, somebody else may take it.
        for (int attempt = 1; ; attempt++) {
            consul.ports = freePorts(3);
            try {
                consul.restart();
                return consul;
            } catch (IllegalStateException e) {
                consul.close();
                if (attempt == STARTS) {
                    throw e;
                }
            }
        }
    }

    private static int[] freePorts(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            int[] ports = new int[count];
            for (int i = 0; i < count; i++) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                held.add(socket);
                ports[i] = socket.getLocalPort();
            }
            return ports;
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    /** Starts it on the same ports; if it runs, it is killed first, as by a power cut. */
    public void restart() throws IOException, InterruptedException {
        stop();
        List<String> command = new ArrayList<>(List.of(program, "agent", "-dev", "-disable-host-node-id"));
        command.addAll(List.of("-bind", "127.0.0.1", "-client", "127.0.0.1", "-node", "test", "-log-level", "warn"));
        command.addAll(List.of("-hcl", "disable_update_check = true"));
        command.addAll(List.of(
                "-hcl",
                "ports { http = " + (tls ? -1 : ports[0]) + ", https = " + (tls ? ports[0] : -1)
                        + ", grpc = -1, dns = -1, serf_wan = -1, serf_lan = " + ports[1] + ", server = " + ports[2]
                        + ", sidecar_min_port = 0, sidecar_max_port = 0, expose_min_port = 0, expose_max_port = 0 }"));
        if (acl) {
            command.addAll(List.of(
                    "-hcl",
                    "acl { enabled = true, default_policy = \"deny\", token_ttl = \"1s\", policy_ttl = \"1s\" }"));
        }
        if (tls) {
            command.addAll(List.of(
                    "-hcl",
                    "cert_file = \"" + certificate() + "\", key_file = \"" + folder.resolve("consul.key") + "\""));
        }
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        process = started;
        // A test that dies on the way leaves nothing behind.
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        awaitLeader(started);
        if (acl) {
            awaitToken();
        }
    }

    private Path log() {
        return folder.resolve("consul.log");
    }

    private void awaitLeader(Process started) throws InterruptedException, IOException {
        long end = System.nanoTime() + DEADLINE.toNanos();
        IOException last = null;
        while (System.nanoTime() < end) {
            if (!started.isAlive()) {
                throw new IllegalStateException("consul ended: " + Files.readString(log()));
            }
            try {
                if (request("GET", "/v1/status/leader", "").body().length() > 2) {
                    return;
                }
            } catch (IOException e) {
                last = e;
            }
            Thread.sleep(20);
        }
        throw new IllegalStateException("consul has no leader: " + Files.readString(log()), last);
    }

    private void awaitToken() throws InterruptedException, IOException {
        token = "";
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (token.isEmpty()) {
            Reply reply = request("PUT", "/v1/acl/bootstrap", "");
            Matcher secret = SECRET.matcher(reply.body());
            if (secret.find()) {
                token = secret.group(1);
            } else if (System.nanoTime() > end) {
                throw new IllegalStateException("consul gives no token: " + reply);
            } else {
                Thread.sleep(20);
            }
        }
    }

    private void makeCertificate() throws IOException, InterruptedException {
        Process openssl = new ProcessBuilder(
                        OPENSSL.orSkip().toString(),
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=consul",
                        "-addext",
                        "subjectAltName=IP:127.0.0.1",
                        "-keyout",
                        folder.resolve("consul.key").toString(),
                        "-out",
                        certificate().toString())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        if (openssl.waitFor() != 0) {
            throw new IllegalStateException("no certificate: " + Files.readString(log()));
        }
    }

    /** The certificate that it shows, which it signed itself; in PEM. */
    public Path certificate() {
        return folder.resolve("consul.pem");
    }

    /** The address that it answers on. */
    public String host() {
        return "127.0.0.1";
    }

    /** The port of its HTTP interface. */
    public int port() {
        return ports[0];
    }

    /** The token that may do everything; empty where no token is needed. */
    public String token() {
        return token;
    }

    /** Whether its process runs. */
    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Kills it, as by a power cut. */
    public void stop() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
            process = null;
        }
    }

    /** Makes it hang: connections are taken and nothing is answered, until {@link #resume()}. */
    public void pause() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /** Lets it go on. */
    public void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("consul does not run");
        }
        new ProcessBuilder("kill", name, Long.toString(running.pid())).start().waitFor();
    }

    /**
     * Asks it, as somebody who may do everything.
     *
     * @param method the verb
     * @param path with its query: {@code /v1/agent/services}
     * @param body may be empty
     */
    public Reply request(String method, String path, String body) throws IOException, InterruptedException {
        return requestAs(token, method, path, body);
    }

    /** Asks it with a token, or with none if that is empty. */
    public Reply requestAs(String who, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create((tls ? "https://" : "http://") + host() + ":" + port() + path))
                .timeout(DEADLINE)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!who.isEmpty()) {
            request.header("X-Consul-Token", who);
        }
        HttpResponse<String> response = client().send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Reply(response.statusCode(), response.body());
    }

    private HttpClient client() {
        HttpClient made = client;
        if (made == null) {
            HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(DEADLINE);
            if (tls) {
                builder.sslContext(trusting());
            }
            made = builder.build();
            client = made;
        }
        return made;
    }

    private SSLContext trusting() {
        try {
            return Trust.trusting(certificate());
        } catch (Exception e) {
            throw new IllegalStateException("the certificate " + certificate() + " is no good", e);
        }
    }

    private String ok(String method, String path, String body) throws IOException, InterruptedException {
        Reply reply = request(method, path, body);
        Assertions.assertEquals(200, reply.status(), () -> method + " " + path + ": " + reply.body());
        return reply.body();
    }

    /** Sets a key. */
    public void put(String key, String value) throws IOException, InterruptedException {
        ok("PUT", "/v1/kv/" + key, value);
    }

    /** Takes a key away. */
    public void delete(String key) throws IOException, InterruptedException {
        ok("DELETE", "/v1/kv/" + key, "");
    }

    /**
     * Registers an instance that is healthy as long as nobody says otherwise.
     *
     * @param service the name of the service
     * @param id the name of the instance
     * @param address where it is; may be empty
     * @param port its port
     */
    public void register(String service, String id, String address, int port) throws IOException, InterruptedException {
        register("{\"Name\": \"" + service + "\", \"ID\": \"" + id + "\", \"Address\": \"" + address + "\", \"Port\": "
                + port + ", \"Check\": {\"CheckID\": \"check:" + id + "\", \"TTL\": \"1h\", \"Status\": \"passing\"}}");
    }

    /** Registers an instance, as the agent's interface takes it. */
    public void register(String json) throws IOException, InterruptedException {
        ok("PUT", "/v1/agent/service/register", json);
    }

    /** Says whether an instance that was registered by four parameters is healthy. */
    public void setHealthy(String id, boolean healthy) throws IOException, InterruptedException {
        ok("PUT", "/v1/agent/check/" + (healthy ? "pass" : "fail") + "/check:" + id, "");
    }

    /** Takes an instance away. */
    public void deregister(String id) throws IOException, InterruptedException {
        ok("PUT", "/v1/agent/service/deregister/" + id, "");
    }

    /**
     * Makes a token that may do what the rules say and nothing else.
     *
     * @param rules in Consul's language: {@code key "config/" { policy = "read" }}
     */
    public String tokenFor(String rules) throws IOException, InterruptedException {
        String name = "p" + System.nanoTime();
        ok("PUT", "/v1/acl/policy", "{\"Name\": \"" + name + "\", \"Rules\": \"" + rules.replace("\"", "\\\"") + "\"}");
        Matcher secret = SECRET.matcher(ok("PUT", "/v1/acl/token", "{\"Policies\": [{\"Name\": \"" + name + "\"}]}"));
        Assertions.assertTrue(secret.find());
        return secret.group(1);
    }

    @Override
    public void close() {
        stop();
        HttpClient made = client;
        if (made != null) {
            made.shutdownNow();
            client = null;
        }
    }
}
