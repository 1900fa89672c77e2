package io.pipecat.tools.home;

import io.pipecat.api.Nearest;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.ToolException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Finds entities, and the nearest where there is none of a name. */
final class Entities {
    private static final int SHOWN = 80;

    private final HomeAssistant home;

    Entities(HomeAssistant home) {
        this.home = home;
    }

    static String id(JsonObject entity) {
        return entity.string("entity_id").orElse("");
    }

    static String domain(JsonObject entity) {
        return id(entity).replaceFirst("\\..*", "");
    }

    private static Optional<String> name(JsonObject entity) {
        return entity.object("attributes").flatMap(attributes -> attributes.string("friendly_name"));
    }

    /** What a model needs of an entity among many. */
    static JsonObject brief(JsonObject entity) {
        JsonObject.Builder brief = JsonObject.builder()
                .put("entity_id", id(entity))
                .put("state", entity.string("state").orElse("unknown"));
        name(entity).ifPresent(name -> brief.put("name", name));
        entity.object("attributes")
                .flatMap(attributes -> attributes.string("unit_of_measurement"))
                .ifPresent(unit -> brief.put("unit", unit));
        return brief.build();
    }

    /**
     * Returns an entity.
     *
     * @throws ToolException if there is none of that id; names the nearest
     */
    JsonValue find(String entityId) throws ToolException, InterruptedException {
        String id = entityId.strip().toLowerCase(Locale.ROOT);
        // The id becomes part of a path, where "..", "/" or "?" would ask for something else.
        if (id.matches("[a-z0-9_]+\\.[a-z0-9_]+")) {
            Optional<JsonValue> state = home.state(id);
            if (state.isPresent()) {
                return state.get();
            }
        }
        throw unknown(entityId.strip());
    }

    private ToolException unknown(String entityId) throws ToolException, InterruptedException {
        List<JsonObject> all = home.states();
        Optional<String> byName = all.stream()
                .filter(e -> name(e).filter(entityId::equalsIgnoreCase).isPresent())
                .map(Entities::id)
                .findFirst();
        String hint = byName.map(id -> " Did you mean '" + id + "'?")
                .orElseGet(() ->
                        Nearest.hint(entityId, all.stream().map(Entities::id).toList()));
        return ToolException.failed("Home Assistant has no entity '" + shortened(entityId) + "'."
                + (hint.isEmpty() ? " get_states lists those that there are." : hint));
    }

    ToolException unknownDomain(String domain, List<JsonObject> all) {
        TreeSet<String> domains = new TreeSet<>();
        all.forEach(entity -> domains.add(domain(entity)));
        return ToolException.failed("Home Assistant has no entity of the domain '" + shortened(domain) + "'."
                + Nearest.hint(domain, domains) + " There are: " + String.join(", ", domains) + ".");
    }

    static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
