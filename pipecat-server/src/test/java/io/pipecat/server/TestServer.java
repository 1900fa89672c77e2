package io.pipecat.server;

import io.pipecat.api.http.Authenticator;
import io.pipecat.api.http.BearerAuthenticator;
import io.pipecat.api.http.Binding;
import io.pipecat.api.http.HttpEndpoint;
import io.pipecat.api.http.Listener;
import io.pipecat.api.http.Route;
import io.pipecat.api.setting.Secret;
import io.pipecat.testkit.node.TestNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A real listener on a free port, with routes of the test. */
final class TestServer implements AutoCloseable {
    static final String KEY = "k1";

    final TestNode node;
    final Listener listener;
    private final HttpClient client = HttpClient.newHttpClient();

    private record Endpoint(List<Route> routes) implements HttpEndpoint {
        @Override
        public Authenticator authenticator() {
            return new BearerAuthenticator("test_key", List.of(new Secret(KEY), new Secret("schlüssel")));
        }

        @Override
        public void close() {}
    }

    TestServer(Map<String, String> settings, Route... routes) throws Exception {
        this("127.0.0.1", settings, routes);
    }

    TestServer(String address, Map<String, String> settings, Route... routes) throws Exception {
        node = TestNode.of(settings);
        Binding binding = new Binding("test", new InetSocketAddress(InetAddress.getByName(address), 0));
        listener = new JdkServerProvider().open(binding, new Endpoint(List.of(routes)), node);
    }

    int port() {
        return listener.address().getPort();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .header("Authorization", "Bearer " + KEY);
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).build());
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    /** Sends bytes as they are and reads until the peer closes. */
    String raw(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return rest(socket.getInputStream());
        }
    }

    static String rest(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        client.close();
        listener.close();
    }
}
