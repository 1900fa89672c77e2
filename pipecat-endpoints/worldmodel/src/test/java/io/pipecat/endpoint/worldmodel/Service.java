package io.pipecat.endpoint.worldmodel;

import io.pipecat.api.http.Binding;
import io.pipecat.api.http.HttpEndpoint;
import io.pipecat.api.http.Listener;
import io.pipecat.api.mqtt.MqttLink;
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
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The service of a house, on a free port. */
final class Service implements AutoCloseable {
    static final EventStream.Pace FAST = new EventStream.Pace(
            Duration.ofMillis(50), Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(300));

    final House house = new House();
    final TestNode node;
    private final HttpEndpoint endpoint;
    private final Listener listener;
    final HttpClient client = HttpClient.newHttpClient();

    Service(Map<String, String> settings) throws Exception {
        this(settings, Optional.empty(), EventStream.Pace.USUAL);
    }

    Service(Map<String, String> settings, Optional<MqttLink> link, EventStream.Pace pace) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of("access_log", "false"));
        all.putAll(settings);
        TestNode.Builder builder = TestNode.builder().settings(all).worldModel(house);
        link.ifPresent(builder::mqtt);
        node = builder.build();
        endpoint = new WorldModelEndpoint(node, house, pace);
        Binding binding = new Binding("world-model", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
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

    HttpResponse<String> delete(String path) throws IOException, InterruptedException {
        return send(request(path).DELETE());
    }

    static String detail(HttpResponse<String> answer) throws Exception {
        return Json.parseObject(answer.body()).string("detail").orElseThrow();
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
