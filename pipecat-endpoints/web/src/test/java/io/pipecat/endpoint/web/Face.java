package io.pipecat.endpoint.web;

import io.pipecat.api.http.Binding;
import io.pipecat.api.http.Listener;
import io.pipecat.api.json.JsonObject;
import io.pipecat.json.Json;
import io.pipecat.server.JdkServerProvider;
import io.pipecat.testkit.node.TestNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The web listener of a node, on a free port. */
final class Face implements AutoCloseable {
    static final Pace FAST = new Pace(
            Duration.ofMillis(50),
            Duration.ofHours(1),
            Duration.ofMillis(5),
            Duration.ofMillis(50),
            Duration.ofMillis(20),
            Duration.ofMillis(300));

    final ScriptedModel model = new ScriptedModel();
    final Doors doors = new Doors();
    final TestNode node;
    private final WebEndpoint endpoint;
    private final Listener listener;
    final HttpClient client = HttpClient.newHttpClient();

    Face(Path stateDir, Map<String, String> settings) throws Exception {
        this(stateDir, settings, builder -> builder, host -> List.of(InetAddress.getAllByName(host)));
    }

    Face(Path stateDir, Map<String, String> settings, UnaryOperator<TestNode.Builder> more, Callbacks.Resolver resolver)
            throws Exception {
        this(stateDir, settings, more, resolver, FAST);
    }

    Face(
            Path stateDir,
            Map<String, String> settings,
            UnaryOperator<TestNode.Builder> more,
            Callbacks.Resolver resolver,
            Pace pace)
            throws Exception {
        Map<String, String> all = new HashMap<>(Map.of("access_log", "false", "audit_log", "false"));
        all.putAll(settings);
        node = more.apply(TestNode.builder()
                        .settings(all)
                        .stateDir(stateDir)
                        .llm(model)
                        .tools(doors))
                .build();
        endpoint = new WebEndpoint(node, pace, resolver);
        Binding binding = new Binding("web", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener = new JdkServerProvider().open(binding, endpoint, node);
    }

    int port() {
        return listener.address().getPort();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(60));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> send(String verb, String path, String body) throws IOException, InterruptedException {
        return send(request(path).method(verb, HttpRequest.BodyPublishers.ofString(body)));
    }

    static JsonObject json(HttpResponse<String> answer) throws Exception {
        return Json.parseObject(answer.body());
    }

    static String detail(HttpResponse<String> answer) throws Exception {
        return json(answer).string("detail").orElseThrow();
    }

    /** Begins a conversation; returns its id. */
    String begin() throws Exception {
        return json(post("/api/conversations", "{}")).string("id").orElseThrow();
    }

    HttpResponse<String> say(String id, String text) throws Exception {
        return post(
                "/api/conversations/" + id + "/messages",
                JsonObject.of("text", text).toString());
    }

    Events follow(String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return new Events(client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    }

    Events chat(String body) throws Exception {
        return new Events(client.send(
                request("/api/chat")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream()));
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    void drain(Duration deadline) throws InterruptedException {
        listener.drain(deadline);
    }

    @Override
    public void close() {
        client.shutdownNow();
        listener.close();
        endpoint.close();
    }
}
