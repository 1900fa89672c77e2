package io.pipecat.endpoint.tools;

import io.pipecat.api.http.Binding;
import io.pipecat.api.http.HttpEndpoint;
import io.pipecat.api.http.Listener;
import io.pipecat.api.tool.Tool;
import io.pipecat.server.JdkServerProvider;
import io.pipecat.testkit.node.TestNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A real tool server on a free port. */
final class ToolServer implements AutoCloseable {
    final TestNode node;
    private final HttpEndpoint endpoint;
    private final Listener listener;
    private final HttpClient client = HttpClient.newHttpClient();

    ToolServer(Map<String, String> settings, Object... tools) throws Exception {
        this(Clock.systemUTC(), settings, tools);
    }

    ToolServer(Clock clock, Map<String, String> settings, Object... tools) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of("tool_server_api_key", "testkey,next", "access_log", "false"));
        all.putAll(settings);
        all.values().removeIf(String::isEmpty);
        Tool[] offered = Stream.of(tools).map(Tool::annotated).toArray(Tool[]::new);
        node = TestNode.builder().settings(all).tools(offered).clock(clock).build();
        endpoint = new ToolsEndpointProvider().create(node);
        Binding binding = new Binding("tools", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener = new JdkServerProvider().open(binding, endpoint, node);
    }

    int port() {
        return listener.address().getPort();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .header("Authorization", "Bearer testkey")
                .timeout(Duration.ofSeconds(60));
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).build());
    }

    HttpRequest.Builder post(String body) {
        return request("/run_tool/")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    HttpResponse<String> call(String body) throws IOException, InterruptedException {
        return send(post(body).build());
    }

    HttpResponse<String> call(String tool, String method, String args) throws IOException, InterruptedException {
        return call(body(tool, method, args));
    }

    static String body(String tool, String method, String args) {
        return "{\"tool\":\"" + tool + "\",\"method\":\"" + method + "\",\"args\":" + args + "}";
    }

    CompletableFuture<HttpResponse<String>> start(HttpRequest request) {
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
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
