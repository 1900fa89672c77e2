package io.pipecat.endpoint.worldmodel;

import io.pipecat.api.NodeContext;
import io.pipecat.api.http.Authenticator;
import io.pipecat.api.http.Health;
import io.pipecat.api.http.HttpEndpoint;
import io.pipecat.api.http.Request;
import io.pipecat.api.http.Response;
import io.pipecat.api.http.Route;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.mqtt.MqttLink;
import io.pipecat.api.world.WorldModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The routes of the world model service. */
final class WorldModelEndpoint implements HttpEndpoint {
    private static final int OK = 200;
    private static final String EVENT_STREAM = "text/event-stream";

    private final NodeContext context;
    private final WorldModel model;
    private final EventStream.Pace pace;
    private final Authenticator access;
    private final Readers readers;
    private final WholeState wholeState;
    private final StateRoutes states;
    private final Orders orders;

    WorldModelEndpoint(NodeContext context, WorldModel model, EventStream.Pace pace) {
        this.context = context;
        this.model = model;
        this.pace = pace;
        this.access = new Access(context.settings());
        this.readers = new Readers(context.settings().get(WorldModelSettings.MAX_READERS), pace, context.metrics());
        this.wholeState = new WholeState(model);
        this.states = new StateRoutes(model);
        this.orders = new Orders(model);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", "/", request -> Response.json(OK, root()))
                        .withSummary("Tells what this is, and whether the broker is there."),
                // The timeout would end streams, and everything else here answers at once.
                Route.of("GET", "/state", this::state)
                        .withSummary(
                                "All topics as nested objects; as a stream of changes with Accept: text/event-stream.")
                        .withTimeout(Duration.ZERO),
                Route.of("GET", "/state/{topic...}", this::topic)
                        .withSummary("One topic with what is below it; a stream of changes as above.")
                        .withTimeout(Duration.ZERO),
                Route.of("POST", "/state/{topic...}", states::update)
                        .withSummary("Says what is so: any JSON value.")
                        .withMaxBody(Bodies.LIMITS.maxLength()),
                Route.of("DELETE", "/state/{topic...}", states::remove)
                        .withSummary("Says that nothing is known of this topic any more."),
                Route.of("GET", "/model", request -> Response.json(OK, ModelJson.of(model.state())))
                        .withSummary("Devices, places, machines and services."),
                Route.of("GET", "/events", this::events)
                        .withSummary("The changes of the topics that ?filter= covers, as server-sent events.")
                        .withTimeout(Duration.ZERO),
                Route.of("POST", "/command/{device}", orders::command).withSummary("Asks a device for a change."),
                Route.of("POST", "/refresh", request -> orders.refresh())
                        .withSummary("Asks Nomad and Consul anew for machines and services."),
                Route.of("POST", "/dispatch-job", orders::dispatch)
                        .withSummary("Hands a job to Nomad and answers with what Nomad says.")
                        .withMaxBody(Bodies.LIMITS.maxLength()));
    }

    private JsonObject root() {
        return JsonObject.builder()
                .put("status", "ok")
                .put("service", "world-model-service")
                .put("mqtt_connected", mqttConnected())
                .build();
    }

    private boolean mqttConnected() {
        return context.mqtt().map(MqttLink::connected).orElse(false);
    }

    /** A house without a broker is healthy too; one whose broker is away is not, as what it tells grows old. */
    @Override
    public Health health() {
        boolean connected = mqttConnected();
        boolean healthy = connected || context.mqtt().isEmpty();
        return new Health(
                healthy,
                JsonObject.builder()
                        .put("status", healthy ? "healthy" : "unhealthy")
                        .put("mqtt_connected", connected)
                        .build());
    }

    private Response state(Request request) {
        return wantsEvents(request) ? follow(new TopicFilter("#"), request) : wholeState.response();
    }

    private Response topic(Request request) {
        if (!wantsEvents(request)) {
            return states.get(request);
        }
        try {
            return follow(TopicFilter.below(request.pathParameter("topic")), request);
        } catch (IllegalArgumentException e) {
            return Response.error(422, e.getMessage() + ".");
        }
    }

    private static boolean wantsEvents(Request request) {
        return request.header("Accept")
                .filter(accept -> accept.contains(EVENT_STREAM))
                .isPresent();
    }

    private Response events(Request request) {
        try {
            return follow(new TopicFilter(request.query("filter").orElse("#")), request);
        } catch (IllegalArgumentException e) {
            return Response.error(422, e.getMessage() + ".");
        }
    }

    private Response follow(TopicFilter filter, Request request) {
        if (readers.full()) {
            return Response.error(
                            503,
                            "As many follow the world model already as may (world_model_max_readers). Try again in a"
                                    + " few seconds, or ask for /state.")
                    .withHeader("Retry-After", "5");
        }
        Optional<String> wholeModel = request.query("model").filter("true"::equals);
        EventStream stream = new EventStream(model, context.clock(), readers, pace, filter, wholeModel.isPresent());
        return Response.stream(OK, EVENT_STREAM, stream).withHeader("Cache-Control", "no-store");
    }

    @Override
    public Authenticator authenticator() {
        return access;
    }

    @Override
    public void drain() {
        readers.drain();
    }

    @Override
    public void close() {
        readers.close();
    }
}
