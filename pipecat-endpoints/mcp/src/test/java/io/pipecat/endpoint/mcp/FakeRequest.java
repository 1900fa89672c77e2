package io.pipecat.endpoint.mcp;

import io.pipecat.api.http.Request;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request to {@code /mcp}, as an official client sends it unless the test says otherwise. */
final class FakeRequest implements Request {
    private final String method;
    private final byte[] body;
    private final Map<String, String> headers = new HashMap<>();
    private String principal = "anonymous";

    FakeRequest(String method, String body) {
        this.method = method;
        this.body = body.getBytes(StandardCharsets.UTF_8);
        with("Content-Type", "application/json").with("Accept", "application/json, text/event-stream");
    }

    FakeRequest with(String name, String value) {
        headers.put(name.toLowerCase(Locale.ROOT), value);
        return this;
    }

    FakeRequest as(String who) {
        principal = who;
        return this;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return "/mcp";
    }

    @Override
    public String pathParameter(String name) {
        throw new IllegalArgumentException(name);
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.empty();
    }

    @Override
    public List<String> headers(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))).stream()
                .toList();
    }

    @Override
    public String principal() {
        return principal;
    }

    @Override
    public InetSocketAddress remote() {
        return InetSocketAddress.createUnresolved("127.0.0.1", 1);
    }

    @Override
    public InputStream body() {
        return new ByteArrayInputStream(body);
    }
}
