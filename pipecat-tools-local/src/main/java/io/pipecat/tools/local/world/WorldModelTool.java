package io.pipecat.tools.local.world;

import io.pipecat.api.Subscription;
import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolInfo;
import io.pipecat.api.tool.ToolMethod;
import io.pipecat.api.tool.ToolParam;
import io.pipecat.api.world.ClusterNode;
import io.pipecat.api.world.JobRequest;
import io.pipecat.api.world.WorldModel;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.api.world.WorldState;
import io.pipecat.tools.local.world.House.Known;
import io.pipecat.tools.local.world.Meant.Devices;
import io.pipecat.tools.local.world.Meant.Nothing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The devices of the house toward a model: what they are, and what they are asked to be, by the names that people say. Thread-safe; blocks
 * while a device is asked.
 */
@ToolInfo(
        name = "world_model",
        description = "Knows and controls the devices of the house: lights, blinds, locks, heating, sensors.",
        placement = Placement.LIGHT)
public final class WorldModelTool {
    // A node that has just started hears of a house that another one holds within moments.
    private static final Duration FIRST_WORD = Duration.ofSeconds(2);

    private final WorldModel model;
    private final Clock clock;
    private final Duration firstWord;

    /**
     * Makes the tool.
     *
     * @param model the state of the house
     * @param clock the present, to tell an old state from a new one
     */
    public WorldModelTool(WorldModel model, Clock clock) {
        this(model, clock, FIRST_WORD);
    }

    WorldModelTool(WorldModel model, Clock clock, Duration firstWord) {
        this.model = model;
        this.clock = clock;
        this.firstWord = firstWord;
    }

    // What nobody has told yet is not known, and what an ontology assumes is not told as if it were.
    private WorldState known() throws ToolException, InterruptedException {
        WorldState state = model.state();
        if (isKnown(state)) {
            return state;
        }
        CountDownLatch told = new CountDownLatch(1);
        Subscription watching = model.watch("#", change -> told.countDown());
        try {
            if (isKnown(model.state()) || told.await(firstWord.toMillis(), TimeUnit.MILLISECONDS)) {
                return model.state();
            }
        } finally {
            watching.close();
        }
        throw ToolException.failed("Nothing has been heard of the house yet from " + model.description()
                + ". Ask again when it is there.");
    }

    private static boolean isKnown(WorldState state) {
        return state.asOf().isAfter(Instant.EPOCH);
    }

    /**
     * Tells the state of devices.
     *
     * @param target what was said
     * @return the devices with their state, and under {@code failed} what is not clear
     * @throws ToolException if nothing of it is clear, or nothing of the house is known yet; says so
     * @throws InterruptedException if the calling thread is interrupted
     */
    @ToolMethod("Returns the state of devices, by what the user calls them.")
    public JsonObject query(
            @ToolParam(
                            "What the user said: a device, a room, a kind or a group, such as kitchen light, the kitchen, all lights, everything")
                    String target)
            throws ToolException, InterruptedException {
        WorldState state = known();
        List<Known> devices = new ArrayList<>();
        List<Orders.Refusal> failed = new ArrayList<>();
        for (Meant part : new Request(new House(state)).resolve(target)) {
            switch (part) {
                case Devices found -> devices.addAll(found.devices());
                case Nothing nothing ->
                    failed.add(
                            new Orders.Refusal(Resolver.shortened(nothing.said().strip()), nothing.sentence()));
            }
        }
        if (devices.isEmpty()) {
            throw Answers.nothing(failed);
        }
        return Answers.states(devices, failed, state.asOf(), clock.instant());
    }

    /**
     * Asks devices for a change.
     *
     * @param target what was said
     * @param state what is wanted
     * @param property what is to change, where the value does not say
     * @return which devices were asked, whether all have confirmed, and what failed
     * @throws ToolException if nothing could be done; says why
     * @throws InterruptedException if the calling thread is interrupted
     */
    @ToolMethod("Changes devices: switches, dims, opens, closes, locks, sets a temperature or a colour.")
    public JsonObject command(
            @ToolParam(
                            "What the user said: a device, a room, a kind or a group, such as kitchen light, all lights, lights in the kitchen")
                    String target,
            @ToolParam("The wanted value: on, off, open, closed, locked, unlocked, toggle, 40%, 21 °C, red")
                    String state,
            @ToolParam("Only if the value does not say it: brightness, temperature, position, color or volume")
                    Optional<String> property)
            throws ToolException, InterruptedException {
        if (state.isBlank()) {
            throw ToolException.failed("What is wanted? state is empty: say on, off, open, closed, 40% or the like.");
        }
        String instead = "say on, off, open, closed, 40% or the like.";
        Request.requireShort("state", state, instead);
        Request.requireShort("property", property.orElse(""), instead);
        Wanted wanted = Wanted.of(state, property);
        Orders orders = Orders.of(new Request(new House(model.state())).resolve(target), wanted);
        if (orders.orders().isEmpty()) {
            throw Answers.nothing(orders.refusals());
        }
        return new Dispatch(model).send(orders, state.strip());
    }

    /**
     * Tells everything.
     *
     * @return all topics as nested objects
     * @throws ToolException if nothing of the house is known yet
     * @throws InterruptedException if the calling thread is interrupted
     */
    @ToolMethod("Returns everything that is known, as nested objects by topic; long. Prefer query for devices.")
    public JsonObject getState() throws ToolException, InterruptedException {
        return known().toJson();
    }

    /**
     * Tells about one device.
     *
     * @param id its id or name
     * @return the device
     * @throws ToolException if there is none, several are called so, or nothing of the house is known yet
     * @throws InterruptedException if the calling thread is interrupted
     */
    @ToolMethod("Returns one device with its state, by its id.")
    public JsonObject getDevice(@ToolParam("The device's id, such as kitchen_light, or its name") String id)
            throws ToolException, InterruptedException {
        return Answers.device(one(new House(known()), id));
    }

    private static Known one(House house, String id) throws ToolException {
        Request.requireShort("id", id, "name one device.");
        return switch (new Resolver(house).resolve(id)) {
            case Nothing nothing -> throw ToolException.failed(nothing.sentence());
            case Devices devices -> {
                if (devices.devices().size() > 1) {
                    throw ToolException.failed("\"" + Resolver.shortened(id.strip()) + "\" is "
                            + devices.devices().size() + " devices: name one, or use query.");
                }
                yield devices.devices().getFirst();
            }
        };
    }

    /**
     * Tells which machines take jobs.
     *
     * @return the machines that are ready
     */
    @ToolMethod("Returns the machines of the cluster that take jobs now.")
    public JsonArray getAvailableCompute() {
        return compute(model.state());
    }

    private static JsonArray compute(WorldState state) {
        List<JsonValue> ready = state.nodes().stream()
                .filter(ClusterNode::ready)
                .<JsonValue>map(node -> node.detail().toBuilder()
                        .put("id", node.id())
                        .put("name", node.name())
                        .put("status", node.status())
                        .build())
                .toList();
        return new JsonArray(ready);
    }

    /**
     * Tells what a device stands in relation to.
     *
     * @param deviceId its id or name
     * @return the device, its room with whoever is there, and the machines that take jobs
     * @throws ToolException if there is no such device, or nothing of the house is known yet
     * @throws InterruptedException if the calling thread is interrupted
     */
    @ToolMethod("Returns a device together with its room, who is there, and the machines that take jobs.")
    public JsonObject getContextualRelationships(
            @ToolParam("The device's id, such as kitchen_light, or its name") String deviceId)
            throws ToolException, InterruptedException {
        WorldState state = known();
        Known known = one(new House(state), deviceId);
        return JsonObject.builder()
                .put("device", Answers.device(known))
                .put("location", Answers.location(state, known))
                .put("available_compute", compute(state))
                .build();
    }

    /**
     * Says what is so.
     *
     * @param topic the topic
     * @param payload its value
     * @return the topic, and that it was taken in
     * @throws ToolException if the model cannot be told
     */
    @ToolMethod("Records an observation under a topic. This changes no device: use command for that.")
    public JsonObject updateState(
            @ToolParam("The topic, such as home/kitchen/note") String topic,
            @ToolParam("The value, any JSON") JsonValue payload)
            throws ToolException {
        if (topic.isEmpty() || topic.contains("#") || topic.contains("+") || topic.startsWith("$")) {
            throw ToolException.failed("\"" + Resolver.shortened(topic)
                    + "\" is no topic to write to: name one such as home/kitchen/note, without #, + and a leading $.");
        }
        try {
            model.update(topic, payload);
        } catch (WorldModelException e) {
            throw failed(e);
        }
        return JsonObject.builder().put("topic", topic).put("status", "updated").build();
    }

    /**
     * Asks the cluster anew.
     *
     * @return how many machines and agents there are
     * @throws ToolException if one that is configured cannot be reached
     * @throws InterruptedException if the calling thread is interrupted
     */
    @ToolMethod("Asks the cluster anew which machines and services there are.")
    public JsonObject refreshState() throws ToolException, InterruptedException {
        try {
            model.refresh();
        } catch (WorldModelException e) {
            throw failed(e);
        }
        WorldState state = model.state();
        return JsonObject.builder()
                .put("nodes", state.nodes().size())
                .put("agents", state.agents().size())
                .build();
    }

    /**
     * Has a batch job run.
     *
     * @param modelName the model
     * @param prompt what to ask it
     * @param cpu megahertz
     * @param memory mebibytes
     * @param gpuCount GPUs
     * @param context what it should know
     * @return what the scheduler says
     * @throws ToolException if it refuses or cannot be reached
     * @throws InterruptedException if the calling thread is interrupted
     */
    @ToolMethod(value = "Runs a batch job of a language model on the cluster.", sensitive = true)
    public JsonObject dispatchJob(
            @ToolParam("The model to run") String modelName,
            @ToolParam("What to ask it") String prompt,
            @ToolParam(value = "CPU to reserve, in MHz", defaultValue = "1000") int cpu,
            @ToolParam(value = "Memory to reserve, in MiB", defaultValue = "4096") int memory,
            @ToolParam(value = "GPUs to reserve", defaultValue = "1") int gpuCount,
            @ToolParam(value = "What the model should know", defaultValue = "") String context)
            throws ToolException, InterruptedException {
        JobRequest job;
        try {
            job = new JobRequest(modelName, prompt, cpu, memory, gpuCount, context);
        } catch (IllegalArgumentException e) {
            throw new ToolException(ToolException.Reason.INVALID_ARGUMENTS, e.getMessage() + ".", e);
        }
        try {
            return model.dispatch(job).answer();
        } catch (WorldModelException e) {
            throw failed(e);
        }
    }

    static ToolException failed(WorldModelException e) {
        return new ToolException(ToolException.Reason.FAILED, String.valueOf(e.getMessage()), e);
    }
}
