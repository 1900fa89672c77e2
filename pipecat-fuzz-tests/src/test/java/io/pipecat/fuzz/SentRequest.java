package io.pipecat.fuzz;

import io.pipecat.api.http.Request;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request as a server hands it on. */
public final class SentRequest implements Request {
    private final Map<String, String> sent;
    private final byte[] bytes;
    private final Map<String, String> named;

    /**
     * Makes a request.
     *
     * @param headers the headers, by names in lower case
     * @param body the body
     */
    public SentRequest(Map<String, String> headers, byte[] body) {
        this(headers, body, Map.of());
    }

    /**
     * Makes a request to a path with parts.
     *
     * @param headers the headers, by names in lower case
     * @param body the body
     * @param pathParameters the named parts of the path
     */
    public SentRequest(Map<String, String> headers, byte[] body, Map<String, String> pathParameters) {
        this.sent = Map.copyOf(headers);
        this.bytes = body;
        this.named = Map.copyOf(pathParameters);
    }

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public String path() {
        return "/";
    }

    @Override
    public String pathParameter(String name) {
        String value = named.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no part is named " + name);
        }
        return value;
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.empty();
    }

    @Override
    public List<String> headers(String name) {
        String value = sent.get(name.toLowerCase(Locale.ROOT));
        return value == null ? List.of() : List.of(value);
    }

    @Override
    public String principal() {
        return "somebody";
    }

    @Override
    public InetSocketAddress remote() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    }

    @Override
    public InputStream body() {
        return new ByteArrayInputStream(bytes);
    }
}
