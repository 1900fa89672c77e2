package io.pipecat.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A request. Used by one thread. */
public interface Request {

    /**
     * Returns the verb.
     *
     * @return such as {@code GET}
     */
    String method();

    /**
     * Returns the path as it was sent, without the query.
     *
     * @return the path, still percent-encoded
     */
    String path();

    /**
     * Returns a part of the path.
     *
     * @param name its name in {@link Route#path()}
     * @return the part, decoded
     * @throws IllegalArgumentException if the route has no part of that name
     */
    String pathParameter(String name);

    /**
     * Returns a query parameter.
     *
     * @param name its name
     * @return the first value, decoded; empty if it is missing
     */
    Optional<String> query(String name);

    /**
     * Returns the values of a header.
     *
     * @param name its name in any case
     * @return the values in order; empty if it is missing
     */
    List<String> headers(String name);

    /**
     * Returns the first value of a header.
     *
     * @param name its name in any case
     * @return the value; empty if it is missing
     */
    default Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    /**
     * Returns who calls, as the authenticator said.
     *
     * @return the principal; {@code anonymous} on an open route
     */
    String principal();

    /**
     * Returns where the request comes from.
     *
     * @return the peer's address
     */
    InetSocketAddress remote();

    /**
     * Returns the body. Reading past {@link Route#maxBodyBytes()} throws.
     *
     * @return the bytes as they come; the server closes it
     */
    InputStream body();

    /**
     * Reads the whole body.
     *
     * @return the bytes
     * @throws IOException if it is larger than {@link Route#maxBodyBytes()} or the peer goes away
     */
    default byte[] readBody() throws IOException {
        return body().readAllBytes();
    }

    /**
     * Sees to it that this request is answered in time even if its handler does not return: then another thread answers, once,
     * and what the handler returns later is thrown away. The handler is not interrupted for it; {@link Route#timeout()} goes
     * on to hold.
     *
     * @param limit from now
     * @param late what to answer then; called on another thread, if at all
     * @return whether this server can do that; if not, nothing changes
     */
    default boolean answerWithin(Duration limit, Supplier<Response> late) {
        return false;
    }
}
