package io.pipecat.worldmodel.remote;

import io.pipecat.api.Nearest;
import io.pipecat.api.NodeContext;
import io.pipecat.api.discovery.DiscoveryException;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.world.CommandResult;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.JobRefusedException;
import io.pipecat.api.world.JobRequest;
import io.pipecat.api.world.JobTicket;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.worldmodel.house.DeviceDefinition;
import io.pipecat.worldmodel.house.House;
import io.pipecat.worldmodel.state.Topics;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import okhttp3.Request;

/** What this node says and wants, on its way to the service or the broker. Thread-safe. */
final class Orders {
    private static final int CONFIRMED = 200;
    private static final int BAD_GATEWAY = 502;
    private static final int UNAVAILABLE = 503;
    private static final String NO_BROKER = "there is no broker either (mqtt_host is not set)";

    private final NodeContext node;
    private final Http http;
    private final Services services;
    private final Follower follower;
    private final ServiceSource source;
    private final Optional<BrokerSource> broker;
    private final Knowledge knowledge;
    private final House house;

    Orders(
            NodeContext node,
            Http http,
            Services services,
            Follower follower,
            ServiceSource source,
            Optional<BrokerSource> broker,
            Knowledge knowledge,
            House house) {
        this.node = node;
        this.http = http;
        this.services = services;
        this.follower = follower;
        this.source = source;
        this.broker = broker;
        this.knowledge = knowledge;
        this.house = house;
    }

    private interface Ask {
        Request.Builder of(Service service);
    }

    /**
     * Asks the instance that is followed, else the first that is known.
     *
     * @return the answer; empty if no instance took the question, which then certainly arrived nowhere
     * @throws WorldModelException if it may have arrived and was not answered
     */
    private Optional<Http.Reply> ask(String what, boolean repeatable, Ask ask)
            throws WorldModelException, InterruptedException {
        Optional<Service> service = follower.current();
        if (service.isEmpty()) {
            try {
                service = services.all().stream().findFirst();
            } catch (DiscoveryException e) {
                return Optional.empty();
            }
        }
        if (service.isEmpty()) {
            return Optional.empty();
        }
        try {
            Http.Reply reply = send(service.get(), repeatable, ask);
            if (reply.ofThisNode()) {
                services.isThisNode(service.get());
                return Optional.empty();
            }
            return Optional.of(reply);
        } catch (IOException e) {
            services.failed(service.get());
            if (repeatable || Http.neverArrived(e)) {
                return Optional.empty();
            }
            throw new WorldModelException(
                    what + ": the world model service at " + service.get().display() + " was asked, but "
                            + Http.words(e) + ". It may have been done all the same; look before you try again.",
                    e);
        }
    }

    private Http.Reply send(Service service, boolean repeatable, Ask ask) throws IOException, InterruptedException {
        try {
            return http.send(ask.of(service));
        } catch (IOException e) {
            if (!repeatable || Http.neverArrived(e)) {
                throw e;
            }
            // A connection that was kept may have ended unseen.
            return http.send(ask.of(service));
        }
    }

    /** Whether an answer is that of a service that does not know the question, as the predecessor's. */
    private static boolean isUnknownPath(Http.Reply reply) {
        return reply.status() == 405 || (reply.status() == 404 && detail(reply).equals("Not Found"));
    }

    private static String detail(Http.Reply reply) {
        return object(reply).flatMap(object -> object.string("detail")).orElse("");
    }

    private static Optional<JsonObject> object(Http.Reply reply) {
        try {
            return Json.parse(reply.body()) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private static WorldModelException refused(String what, Http.Reply reply) {
        String detail = detail(reply);
        return new WorldModelException(
                detail.isEmpty()
                        ? what + ": the world model service refused it: "
                                + ServiceSource.refusal(reply.status(), reply.body()) + "."
                        : detail,
                null);
    }

    /** Says what is so of a topic; empty that nothing is. */
    void tell(String topic, Optional<JsonValue> value) throws WorldModelException {
        String what = Topics.shown(topic) + " could not be " + (value.isPresent() ? "told" : "taken away");
        boolean predecessor = follower.current().isPresent() && !follower.currentTakesOrders();
        try {
            Optional<Http.Reply> reply = predecessor
                    ? Optional.empty()
                    : ask(
                            what,
                            true,
                            service -> value.isPresent()
                                    ? service.request("state", topic)
                                            .post(Http.json(value.get().toString()))
                                    : service.request("state", topic).delete());
            if (reply.isPresent() && reply.get().ok()) {
                return;
            }
            if (reply.isPresent() && !isUnknownPath(reply.get()) && reply.get().status() < BAD_GATEWAY) {
                if (value.isEmpty() && reply.get().status() == 404) {
                    return;
                }
                throw refused(what, reply.get());
            }
            if (broker.isPresent() && broker.get().connected()) {
                broker.get()
                        .tell(
                                topic,
                                value,
                                node.settings().get(RemoteSettings.MQTT_QOS),
                                node.settings().get(RemoteSettings.MQTT_RETAIN));
                source.askNow();
                return;
            }
            throw nobody(what, reply.isPresent() || predecessor);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorldModelException(what + ": this was interrupted.", e);
        }
    }

    private WorldModelException nobody(String what, boolean predecessor) {
        String service = predecessor
                ? "the world model service takes none"
                : "there is no world model service to tell (" + follower.problem() + ")";
        String link = broker.map(source -> "the broker " + source.description() + " is away")
                .orElse(NO_BROKER);
        return new WorldModelException(
                what + ": " + service + ", and " + link + ". Start the service, or set WORLD_MODEL_URL_OVERRIDE to its"
                        + " address, or MQTT_HOST to a broker's.",
                null);
    }

    CommandResult command(String device, JsonObject change) throws WorldModelException, InterruptedException {
        String what = "The command to '" + device + "' could not be given";
        boolean predecessor = follower.current().isPresent() && !follower.currentTakesOrders();
        Optional<Http.Reply> reply = predecessor
                ? Optional.empty()
                : ask(what, false, service -> service.request("command", device).post(Http.json(change.toString())));
        if (reply.isEmpty() || isUnknownPath(reply.get())) {
            return commandByBroker(what, device, change, reply.isPresent() || predecessor);
        }
        if (!reply.get().ok()) {
            throw refused(what, reply.get());
        }
        String message =
                object(reply.get()).flatMap(object -> object.string("message")).orElse("");
        CommandResult.Status status =
                reply.get().status() == CONFIRMED ? CommandResult.Status.CONFIRMED : CommandResult.Status.SENT;
        return new CommandResult(device, status, message);
    }

    private CommandResult commandByBroker(String what, String device, JsonObject change, boolean predecessor)
            throws WorldModelException {
        Optional<Device> known = knowledge.state().device(device);
        if (known.isEmpty()) {
            List<String> ids =
                    knowledge.state().devices().stream().map(Device::id).toList();
            throw new WorldModelException(
                    "There is no device '" + device + "' here." + Nearest.hint(device, ids), null);
        }
        DeviceDefinition definition = house.devices().get(device);
        if (broker.isEmpty() || !broker.get().connected()) {
            throw nobody(what, predecessor);
        }
        if (definition == null || !(definition.control() instanceof DeviceDefinition.Control.Topic control)) {
            throw new WorldModelException(
                    "\"" + known.get().name() + "\" takes no commands here: without the world model service only"
                            + " devices whose command topic the ontology of this node names do.",
                    null);
        }
        broker.get().command(control.topic(), change, node.settings().get(RemoteSettings.MQTT_QOS));
        return new CommandResult(
                device, CommandResult.Status.SENT, "\"" + known.get().name() + "\" was told " + change + ".");
    }

    void refresh() throws WorldModelException, InterruptedException {
        String what = "The world model could not be asked anew";
        boolean predecessor = follower.current().isPresent() && !follower.currentTakesOrders();
        Optional<Http.Reply> asked = predecessor
                ? Optional.empty()
                : ask(what, true, service -> service.request("refresh").post(Http.json("")));
        if (predecessor || asked.filter(Orders::isUnknownPath).isPresent()) {
            Optional<Service> service = follower.current();
            if (service.isPresent()) {
                try {
                    source.askOnce(service.get(), "");
                    return;
                } catch (IOException e) {
                    throw new WorldModelException(
                            what + ": " + service.get().display() + ": " + Http.words(e) + ".", e);
                }
            }
        }
        if (asked.isEmpty()) {
            throw nobody(what, false);
        }
        Optional<Http.Reply> model = ask(what, true, service -> service.request("model"));
        if (model.isPresent() && model.get().ok()) {
            try {
                knowledge.model(ServedModel.read(object(model.get()).orElse(JsonObject.EMPTY)));
            } catch (IOException e) {
                throw new WorldModelException(what + ": " + Http.words(e) + ".", e);
            }
        }
        if (!asked.get().ok()) {
            throw refused(what, asked.get());
        }
    }

    JobTicket dispatch(JobRequest job) throws WorldModelException, InterruptedException {
        String what = "The job could not be given to the cluster";
        JsonObject body = JsonObject.builder()
                .put("model_name", job.modelName())
                .put("prompt", job.prompt())
                .put("cpu", job.cpu())
                .put("memory", job.memory())
                .put("gpu_count", job.gpuCount())
                .put("context", job.context())
                .build();
        Optional<Http.Reply> reply =
                ask(what, false, service -> service.request("dispatch-job").post(Http.json(body.toString())));
        if (reply.isEmpty()) {
            throw new WorldModelException(
                    what + ": there is no world model service to give it (" + follower.problem() + "). Start it, or set"
                            + " WORLD_MODEL_URL_OVERRIDE to its address.",
                    null);
        }
        int status = reply.get().status();
        if (!reply.get().ok()) {
            WorldModelException refusal = refused(what, reply.get());
            boolean unreachable = status == BAD_GATEWAY || status == UNAVAILABLE;
            throw unreachable ? refusal : new JobRefusedException(refusal.getMessage(), status, detail(reply.get()));
        }
        return new JobTicket(object(reply.get())
                .orElseThrow(() -> new WorldModelException(
                        what + ": the service answered something else than a JSON object.", null)));
    }
}
