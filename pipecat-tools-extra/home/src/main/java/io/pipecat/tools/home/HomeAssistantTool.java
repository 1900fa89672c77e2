package io.pipecat.tools.home;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolInfo;
import io.pipecat.api.tool.ToolMethod;
import io.pipecat.api.tool.ToolParam;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Reads and switches what Home Assistant knows. Thread-safe. */
@ToolInfo(
        name = "ha",
        description =
                "Home Assistant: the states of the house's devices and sensors, and its services, such as switching a light.",
        placement = Placement.NORMAL)
public final class HomeAssistantTool implements AutoCloseable {
    private static final int MOST_ENTITIES = 200;
    private static final int AI_SECONDS = 120;

    private final HomeAssistant home;
    private final Entities entities;

    HomeAssistantTool(HomeAssistant home) {
        this.home = home;
        this.entities = new Entities(home);
    }

    /**
     * Some entities.
     *
     * @param count how many there are
     * @param entities those that are shown: {@code entity_id}, {@code state}, {@code name}, {@code unit}
     * @param note what is not shown, if anything
     */
    public record States(int count, List<JsonObject> entities, Optional<String> note) {}

    /**
     * What a service did.
     *
     * @param changed the entities that changed meanwhile
     * @param response what the service answered, if it answers anything
     * @param note what is worth knowing, if anything
     */
    public record Outcome(List<JsonObject> changed, Optional<JsonValue> response, Optional<String> note) {}

    /**
     * Lists entities.
     *
     * @param domain the kind; all if empty
     * @return the entities, at most 200
     * @throws ToolException if there is no such domain or Home Assistant does not answer
     * @throws InterruptedException if the calling thread is interrupted
     */
    @ToolMethod("Lists devices and sensors with their states.")
    public States getStates(
            @ToolParam("Only those of this kind: light, switch, sensor, climate, … Leave it out for all.")
                    Optional<String> domain)
            throws ToolException, InterruptedException {
        List<JsonObject> all = home.states();
        List<JsonObject> found = all;
        if (domain.isPresent()) {
            String wanted = domain.get().strip();
            found = all.stream().filter(e -> Entities.domain(e).equals(wanted)).toList();
            if (found.isEmpty()) {
                throw entities.unknownDomain(wanted, all);
            }
        }
        Optional<String> note = Optional.empty();
        if (found.size() > MOST_ENTITIES) {
            TreeMap<String, Integer> counts = new TreeMap<>();
            found.forEach(e -> counts.merge(Entities.domain(e), 1, Integer::sum));
            note = Optional.of("Only the first " + MOST_ENTITIES + " are shown. "
                    + (domain.isPresent()
                            ? "Ask for one by get_state."
                            : "Ask for one domain; there are " + counts + "."));
        }
        return new States(
                found.size(),
                found.stream().limit(MOST_ENTITIES).map(Entities::brief).toList(),
                note);
    }

    /**
     * Returns an entity.
     *
     * @param entityId its id
     * @return everything that Home Assistant tells about it
     * @throws ToolException if there is none, naming the nearest, or Home Assistant does not answer
     * @throws InterruptedException if the calling thread is interrupted
     */
    @ToolMethod("Returns the state of one device or sensor, with all its attributes.")
    public JsonValue getState(@ToolParam("Its id, such as light.kitchen") String entityId)
            throws ToolException, InterruptedException {
        return entities.find(entityId);
    }

    /**
     * Calls a service.
     *
     * @param domain its domain
     * @param service its name
     * @param entityId what it is for; several are parted by commas
     * @param data what else it takes
     * @return what changed
     * @throws ToolException if there is no such service or entity, naming the nearest, or Home Assistant refuses
     * @throws InterruptedException if the calling thread is interrupted
     */
    @ToolMethod(
            value =
                    "Calls a service of Home Assistant: switches, dims, opens, plays. Example: domain light, service turn_on,"
                            + " entity_id light.kitchen, data {\"brightness_pct\": 40}.",
            sensitive = true)
    public Outcome callService(
            @ToolParam("The domain of the service, such as light") String domain,
            @ToolParam("The service, such as turn_on") String service,
            @ToolParam("What it is for, such as light.kitchen; several are parted by commas") Optional<String> entityId,
            @ToolParam("What else the service takes, such as {\"brightness_pct\": 40}") Optional<JsonObject> data)
            throws ToolException, InterruptedException {
        ServiceCall call = new ServiceCall(home, entities, domain.strip(), service.strip());
        return call.run(entityId, data.orElse(JsonObject.EMPTY));
    }

    /**
     * Has the model that Home Assistant uses do something.
     *
     * @param instructions what to do
     * @return what it made, text or structured
     * @throws ToolException if no AI Task is set up there or Home Assistant refuses
     * @throws InterruptedException if the calling thread is interrupted
     */
    @ToolMethod(
            value = "Gives instructions to the AI Task of Home Assistant and returns what it makes of them.",
            // A service like any other, and what its model may do is set up over there.
            sensitive = true,
            timeoutSeconds = AI_SECONDS)
    public JsonValue callAiTask(@ToolParam("What to make, in plain words") String instructions)
            throws ToolException, InterruptedException {
        if (instructions.isBlank()) {
            throw ToolException.failed("The instructions are empty: say what the AI Task is to make.");
        }
        JsonObject body = JsonObject.builder()
                .put("task_name", "pipecat")
                .put("instructions", instructions)
                .build();
        RestClient.Answer answer =
                home.call("ai_task/generate_data?return_response", body, Duration.ofSeconds(AI_SECONDS));
        if (!answer.isSuccess()) {
            throw ToolException.failed(home.refused(answer).getMessage()
                    + " The AI Task needs Home Assistant 2025.8 or later with an integration that offers one, and a preferred one"
                    + " chosen in its settings.");
        }
        JsonValue whole = home.json(answer);
        Optional<JsonValue> made = whole instanceof JsonObject object
                ? object.object("service_response").flatMap(response -> response.get("data"))
                : Optional.empty();
        return made.orElse(whole);
    }

    @Override
    public void close() {
        home.close();
    }
}
