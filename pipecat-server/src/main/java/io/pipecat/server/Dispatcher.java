package io.pipecat.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.pipecat.api.http.Authenticator;
import io.pipecat.api.http.Response;
import io.pipecat.api.http.Route;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes each request from its headers to its answer. */
final class Dispatcher implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final String ANONYMOUS = "anonymous";

    private static final Response NOT_FOUND = Response.error(404, "Not Found");
    private static final Response WRONG_VERB = Response.error(405, "Method Not Allowed");
    private static final Response BUSY = Response.error(
                    503,
                    "This node answers as many requests as it may at one time (server_max_concurrent). Try again in a"
                            + " second.")
            .withHeader("Retry-After", "1");
    static final Response STOPPING = Response.error(503, "This node is shutting down. Try another one, or again later.")
            .withHeader("Retry-After", "5");

    private final RouteTable routes;
    private final RouteMetrics unrouted;
    private final Authenticator authenticator;
    private final Calls calls;
    private final AccessLog log;
    private final String instance;
    private final int maxConcurrent;
    private final AtomicLong failures = new AtomicLong();
    private volatile boolean draining;

    Dispatcher(
            RouteTable routes,
            RouteMetrics unrouted,
            Authenticator authenticator,
            Calls calls,
            AccessLog log,
            String instance,
            int maxConcurrent) {
        this.routes = routes;
        this.unrouted = unrouted;
        this.authenticator = authenticator;
        this.calls = calls;
        this.log = log;
        this.instance = instance;
        this.maxConcurrent = maxConcurrent;
    }

    void drain() {
        draining = true;
    }

    boolean draining() {
        return draining;
    }

    @Override
    public void handle(HttpExchange exchange) {
        long begun = System.nanoTime();
        String raw = exchange.getRequestURI().getRawPath();
        String path = raw == null || raw.isEmpty() ? "/" : raw;
        Exchange one = new Exchange(exchange, path, begun);
        RouteMetrics metrics = unrouted;
        try {
            RouteTable.Match match = routes.find(exchange.getRequestMethod(), path);
            if (match instanceof RouteTable.Match.Found found) {
                metrics = found.entry().metrics();
            }
            one.answer(match);
        } catch (IOException e) {
            LOG.debug("The peer of {} {} went away", exchange.getRequestMethod(), path, e);
        } finally {
            long nanos = System.nanoTime() - begun;
            metrics.count(one.reply.status(), nanos);
            log.write(exchange, path, one.principal, one.reply, nanos);
            exchange.close();
        }
    }

    /** One request. */
    private final class Exchange {
        private final HttpExchange exchange;
        private final String path;
        private final long begun;
        private final Reply reply;
        private String principal = ANONYMOUS;

        Exchange(HttpExchange exchange, String path, long begun) {
            this.exchange = exchange;
            this.path = path;
            this.begun = begun;
            this.reply = new Reply(exchange);
        }

        void answer(RouteTable.Match match) throws IOException {
            switch (match) {
                case RouteTable.Match.Nothing n -> send(NOT_FOUND);
                case RouteTable.Match.WrongVerb verb -> send(WRONG_VERB.withHeader("Allow", verb.allow()));
                case RouteTable.Match.Found found -> answer(found);
            }
        }

        private void answer(RouteTable.Match.Found found) throws IOException {
            Route route = found.entry().route();
            // Health must be told, and a call ended, most of all when there is much to do or the node goes down.
            boolean always = route.handler().isAlwaysAsked();
            Call call = new Call(begun, route.timeout(), this::answerInstead);
            calls.add(call);
            try {
                if (!always && draining) {
                    send(STOPPING);
                } else if (!always && calls.size() > maxConcurrent) {
                    send(BUSY);
                } else {
                    ExchangeRequest request = new ExchangeRequest(
                            exchange,
                            path,
                            found.parameters(),
                            ANONYMOUS,
                            new LimitedBody(exchange.getRequestBody(), route.maxBodyBytes()),
                            call);
                    Response refusal = refusal(route, request);
                    if (refusal == null) {
                        handle(route, request.of(principal), call);
                    } else {
                        send(refusal);
                    }
                }
            } finally {
                call.done();
                calls.remove(call);
            }
        }

        private @Nullable Response refusal(Route route, ExchangeRequest request) {
            if (!route.open()) {
                Authenticator.Decision decision;
                try {
                    decision = authenticator.decide(request);
                } catch (RuntimeException | Error e) {
                    return failed(e);
                }
                if (decision instanceof Authenticator.Decision.Refused refused) {
                    return refused.response();
                }
                principal = ((Authenticator.Decision.Admitted) decision).principal();
            }
            String length = exchange.getRequestHeaders().getFirst("Content-Length");
            // The JDK's server has refused what is no number.
            if (length != null && Long.parseLong(length.strip()) > route.maxBodyBytes()) {
                return tooLarge(new BodyTooLargeException(route.maxBodyBytes()));
            }
            return null;
        }

        private void handle(Route route, ExchangeRequest request, Call call) throws IOException {
            Response response = respond(route, request, call);
            boolean streamed = response.body() instanceof Response.Body.Stream;
            if (!call.beginSending(streamed, System.nanoTime())) {
                LOG.warn("{} {} did not end when its time was over; its answer came too late", method(), path);
                awaitAnswerInstead(call);
                return;
            }
            send(response.body() instanceof Response.Body.Stream stream ? call.watched(response, stream) : response);
        }

        private void awaitAnswerInstead(Call call) {
            try {
                call.awaitAnswerInstead();
            } catch (InterruptedException e) {
                LOG.debug("The answer to {} {} was ended", method(), path, e);
            }
        }

        private Response respond(Route route, ExchangeRequest request, Call call) {
            try {
                return route.handler().handle(request);
            } catch (BodyTooLargeException e) {
                return tooLarge(e);
            } catch (InterruptedException e) {
                return interrupted(call, e);
            } catch (IOException e) {
                return call.ended() == Call.Ended.NOT
                        ? Response.error(400, "The body of the request could not be read to its end.")
                        : interrupted(call, e);
            } catch (Throwable e) {
                return failed(e);
            }
        }

        private Response interrupted(Call call, Exception e) {
            return switch (call.ended()) {
                case TIME_OVER -> timeOver();
                case STOPPED -> STOPPING;
                case NOT -> failed(e);
            };
        }

        private Response timeOver() {
            return Response.error(504, "The answer took too long and was given up.");
        }

        /** The peer learns no more than where to look: a stack trace tells an attacker what runs here. */
        private Response failed(Throwable e) {
            String id = Long.toString(failures.incrementAndGet());
            LOG.error("{} {} failed (id {})", method(), path, id, e);
            return Response.error(500, "Internal error, see the node's log (id " + id + ").");
        }

        private Response tooLarge(BodyTooLargeException e) {
            return Response.error(413, String.valueOf(e.getMessage())).withHeader("Connection", "close");
        }

        private String method() {
            return exchange.getRequestMethod();
        }

        /** On a thread of its own, while the handler still does not end. */
        private void answerInstead(@Nullable Supplier<Response> wanted) {
            try {
                LOG.warn("{} {} does not end though its time is over and it was interrupted", method(), path);
                reply.send(wanted == null ? timeOver() : wanted.get(), instance, true);
            } catch (IOException e) {
                LOG.debug("The peer of {} {} went away", method(), path, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void send(Response response) throws IOException {
            try {
                reply.send(response, instance, draining);
            } catch (InterruptedException e) {
                LOG.debug("The answer to {} {} was ended", method(), path, e);
            } catch (RuntimeException | Error e) {
                // What it has sent so far cannot be taken back, and its end is missing.
                LOG.error("Writing the answer to {} {} failed", method(), path, e);
                reply.abort();
            }
        }
    }
}
