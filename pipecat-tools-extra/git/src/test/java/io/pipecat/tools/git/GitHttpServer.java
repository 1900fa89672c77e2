package io.pipecat.tools.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pipecat.testkit.RequiredPart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The real git's own HTTP backend on loopback, behind a password. */
final class GitHttpServer implements AutoCloseable {
    private static final RequiredPart BACKEND =
            RequiredPart.file(Path.of("/usr/lib/git-core/git-http-backend"), "Debian package git");

    /** What came in the header Authorization. */
    final List<String> credentials = Collections.synchronizedList(new ArrayList<>());

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Path folder;
    private final String expected;

    GitHttpServer(Path folder, String user, String password) throws IOException {
        BACKEND.orSkip();
        this.folder = folder;
        this.expected =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            credentials.add(String.valueOf(given));
            byte[] request = exchange.getRequestBody().readAllBytes();
            if (!expected.equals(given)) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            answer(exchange, new ByteArrayInputStream(run(exchange, request)));
        }
    }

    private byte[] run(HttpExchange exchange, byte[] request) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(BACKEND.orSkip().toString());
        Map<String, String> variables = builder.environment();
        variables.put("GIT_PROJECT_ROOT", folder.toString());
        variables.put("GIT_HTTP_EXPORT_ALL", "1");
        variables.put("REMOTE_USER", "mia");
        variables.put("REMOTE_ADDR", "127.0.0.1");
        variables.put("REQUEST_METHOD", exchange.getRequestMethod());
        variables.put("PATH_INFO", exchange.getRequestURI().getPath());
        variables.put(
                "QUERY_STRING",
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
        for (String name : List.of("Content-Type", "Content-Encoding", "Git-Protocol")) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                String variable = name.replace('-', '_').toUpperCase(Locale.ROOT);
                variables.put(name.equals("Content-Type") ? variable : "HTTP_" + variable, value);
            }
        }
        variables.put("CONTENT_LENGTH", String.valueOf(request.length));
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(request);
        }
        return process.getInputStream().readAllBytes();
    }

    private static void answer(HttpExchange exchange, InputStream output) throws IOException {
        int status = 200;
        for (String line = line(output); !line.isEmpty(); line = line(output)) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).strip();
            if (line.startsWith("Status:")) {
                status = Integer.parseInt(value.substring(0, 3));
            } else {
                exchange.getResponseHeaders().set(line.substring(0, colon), value);
            }
        }
        byte[] body = output.readAllBytes();
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
