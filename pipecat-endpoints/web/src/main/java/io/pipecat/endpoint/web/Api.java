package io.pipecat.endpoint.web;

import io.pipecat.api.http.Request;
import io.pipecat.api.http.Response;
import io.pipecat.api.http.Route;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * One call of the API: what serves it and, in the same place, what the OpenAPI description says of it, so that the two cannot differ.
 *
 * @param method the verb
 * @param path the path, as in {@link Route#path()}
 * @param summary what it does, one line
 * @param access who may call it
 * @param maxBody the largest body taken, in bytes
 * @param endless whether it may take as long as it likes
 * @param query the query parameters that it knows
 * @param fields the members of the body that it takes; empty if it takes none
 * @param answer what it answers if all is well
 * @param handler answers
 */
record Api(
        String method,
        String path,
        String summary,
        Access access,
        long maxBody,
        boolean endless,
        List<String> query,
        List<Field> fields,
        Answer answer,
        Handler handler) {
    private static final long SMALL = 16 << 10;

    /** Who may call. */
    enum Access {
        /** Whoever may use the node. */
        KEY,
        /** Whoever reaches it. */
        EVERYBODY
    }

    /**
     * A member of a body.
     *
     * @param name its name
     * @param type {@code string} or {@code object}
     * @param required whether it must be there
     * @param description what it means
     */
    record Field(String name, String type, boolean required, String description) {}

    /**
     * What is answered.
     *
     * @param status the status code
     * @param type the content type; empty for no body
     * @param description what it is
     */
    record Answer(int status, String type, String description) {}

    /** Answers a request. */
    @FunctionalInterface
    interface Handler {
        /** Answers; a body that is not of the form becomes 422. */
        Response handle(Request request) throws IOException, InterruptedException, Bodies.Malformed;
    }

    static Api get(String path, String summary, Handler handler) {
        return new Api(
                "GET",
                path,
                summary,
                Access.KEY,
                SMALL,
                false,
                List.of(),
                List.of(),
                new Answer(200, "application/json", "What was asked for."),
                handler);
    }

    static Api of(String method, String path, String summary, Handler handler) {
        Api api = get(path, summary, handler);
        return new Api(method, path, summary, api.access, SMALL, false, List.of(), List.of(), api.answer, handler);
    }

    Api open() {
        return new Api(method, path, summary, Access.EVERYBODY, maxBody, endless, query, fields, answer, handler);
    }

    Api asking(String... names) {
        return new Api(method, path, summary, access, maxBody, endless, List.of(names), fields, answer, handler);
    }

    Api taking(Field... members) {
        return new Api(method, path, summary, access, maxBody, endless, query, List.of(members), answer, handler);
    }

    Api upTo(long bytes) {
        return new Api(method, path, summary, access, bytes, endless, query, fields, answer, handler);
    }

    Api answering(int status, String type, String description) {
        return new Api(
                method,
                path,
                summary,
                access,
                maxBody,
                endless,
                query,
                fields,
                new Answer(status, type, description),
                handler);
    }

    /** Its answer is a stream of events, which goes on until somebody ends it. */
    Api streaming() {
        return new Api(
                method,
                path,
                summary,
                access,
                maxBody,
                true,
                query,
                fields,
                new Answer(200, Sse.TYPE, "Events as they come."),
                handler);
    }

    /** It waits by a time limit of its own. */
    Api waiting() {
        return new Api(method, path, summary, access, maxBody, true, query, fields, answer, handler);
    }

    static Field text(String name, String description) {
        return new Field(name, "string", true, description);
    }

    static Field optional(String name, String description) {
        return new Field(name, "string", false, description);
    }

    Route route(Guarded guard) {
        Route route =
                Route.of(method, path, guard.around(this)).withMaxBody(maxBody).withSummary(summary);
        Route limited = endless ? route.withTimeout(Duration.ZERO) : route;
        return access == Access.EVERYBODY ? limited.toEverybody() : limited;
    }
}
