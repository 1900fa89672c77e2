package io.pipecat.endpoint.web;

import io.pipecat.api.http.Request;
import io.pipecat.api.http.RequestHandler;
import io.pipecat.api.http.Response;
import io.pipecat.api.shared.RateLimit;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** What every answer of this listener has in common: limits before, headers for the browser after. */
final class Guarded {
    /** Nothing from elsewhere, nothing inline: what a model or a tool wrote cannot become a script, whatever the page does with it. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none';"
                    + " form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", POLICY,
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");

    private final Access access;
    private final RateLimit limit;

    Guarded(Access access, RateLimit limit) {
        this.access = access;
        this.limit = limit;
    }

    RequestHandler around(Api api) {
        return request -> access.withCors(withHeaders(answer(api, request)), request);
    }

    private Response answer(Api api, Request request) throws IOException, InterruptedException {
        if (!Access.isRead(request)) {
            Optional<Response> refusal = limit.refusal(request);
            if (refusal.isEmpty() && api.access() == Api.Access.EVERYBODY) {
                refusal = access.refusePage(request);
            }
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        try {
            return api.handler().handle(request);
        } catch (Bodies.Malformed e) {
            return Response.error(422, e.getMessage());
        }
    }

    static Response withHeaders(Response response) {
        Response guarded = response;
        for (Map.Entry<String, String> header : HEADERS.entrySet()) {
            guarded = guarded.withHeader(header.getKey(), header.getValue());
        }
        // What the API tells is of this moment and for this reader; files say so themselves.
        return guarded.headers().containsKey("Cache-Control")
                ? guarded
                : guarded.withHeader("Cache-Control", "no-store");
    }
}
