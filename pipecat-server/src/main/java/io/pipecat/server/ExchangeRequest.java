package io.pipecat.server;

import com.sun.net.httpserver.HttpExchange;
import io.pipecat.api.http.Request;
import io.pipecat.api.http.Response;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A request of the JDK's server.
 *
 * @param exchange what it is made from
 * @param path the path, still encoded
 * @param parameters the parts of the path by name
 * @param principal who calls
 * @param body the body, limited
 * @param call its being answered
 */
record ExchangeRequest(
        HttpExchange exchange,
        String path,
        Map<String, String> parameters,
        String principal,
        InputStream body,
        Call call)
        implements Request {

    @Override
    public String method() {
        return exchange.getRequestMethod();
    }

    @Override
    public String pathParameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no part named '" + name + "'");
        }
        return value;
    }

    @Override
    public Optional<String> query(String name) {
        String query = exchange.getRequestURI().getRawQuery();
        if (query == null) {
            return Optional.empty();
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (decoded(key).equals(name)) {
                return Optional.of(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return Optional.empty();
    }

    /** The JDK's server has refused a target with an incomplete escape before this is asked. */
    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public List<String> headers(String name) {
        List<String> values = exchange.getRequestHeaders().get(name);
        return values == null ? List.of() : values;
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    @Override
    public InetSocketAddress remote() {
        return exchange.getRemoteAddress();
    }

    @Override
    public boolean answerWithin(Duration limit, Supplier<Response> late) {
        call.answerAt(System.nanoTime() + limit.toNanos(), late);
        return true;
    }

    ExchangeRequest of(String caller) {
        return new ExchangeRequest(exchange, path, parameters, caller, body, call);
    }
}
