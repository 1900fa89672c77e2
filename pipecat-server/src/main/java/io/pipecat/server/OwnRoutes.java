package io.pipecat.server;

import io.pipecat.api.NodeContext;
import io.pipecat.api.http.Health;
import io.pipecat.api.http.HttpEndpoint;
import io.pipecat.api.http.RequestHandler;
import io.pipecat.api.http.Response;
import io.pipecat.api.http.Route;
import io.pipecat.api.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What a listener answers itself. */
final class OwnRoutes {
    private static final String HEALTH = "/health";
    private static final String METRICS = "/metrics";
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private OwnRoutes() {}

    /** The endpoint's routes, and health and metrics where it has none of its own. Metrics tell much: beyond loopback they need the key. */
    static List<Route> with(HttpEndpoint endpoint, NodeContext context, boolean loopback, BooleanSupplier draining) {
        List<Route> routes = new ArrayList<>();
        boolean ownHealth = false;
        boolean ownMetrics = false;
        for (Route route : endpoint.routes()) {
            boolean health = is(route, HEALTH);
            ownHealth |= health;
            ownMetrics |= is(route, METRICS);
            routes.add(health ? health(route, route.handler(), draining) : route);
        }
        if (!ownHealth) {
            Route route = Route.of("GET", HEALTH, request -> answer(endpoint.health()))
                    .withSummary("Tells whether the service is well.");
            routes.add(health(route.toEverybody(), route.handler(), draining));
        }
        if (!ownMetrics) {
            Route route = Route.of("GET", METRICS, RequestHandler.always(request -> metrics(context)))
                    .withSummary("What the node counts, for Prometheus.");
            routes.add(loopback ? route.toEverybody() : route);
        }
        return routes;
    }

    private static boolean is(Route route, String path) {
        return route.method().equals("GET")
                && (route.path().equals(path) || route.path().equals(path + "/"));
    }

    private static Route health(Route route, RequestHandler handler, BooleanSupplier draining) {
        Response stopping = Response.json(UNAVAILABLE, JsonObject.of("status", "draining"));
        RequestHandler own =
                RequestHandler.always(request -> draining.getAsBoolean() ? stopping : handler.handle(request));
        return new Route(
                route.method(),
                route.path(),
                route.open(),
                route.maxBodyBytes(),
                route.timeout(),
                route.summary(),
                own);
    }

    private static Response answer(Health health) {
        return Response.json(health.healthy() ? OK : UNAVAILABLE, health.body());
    }

    private static Response metrics(NodeContext context) {
        byte[] text = context.metrics().expose().getBytes(StandardCharsets.UTF_8);
        return Response.bytes(OK, "text/plain; version=0.0.4; charset=utf-8", text);
    }
}
