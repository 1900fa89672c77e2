package io.pipecat.tools.home;

import io.pipecat.api.Nearest;
import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.ToolException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** One call of a service, checked before and explained after. */
final class ServiceCall {
    private static final String NAME = "[a-z0-9_]+";
    private static final String WITH_RESPONSE = "?return_response";
    private static final String ENTITY_ID = "entity_id";

    private final HomeAssistant home;
    private final Entities entities;
    private final String domain;
    private final String service;

    ServiceCall(HomeAssistant home, Entities entities, String domain, String service) {
        this.home = home;
        this.entities = entities;
        this.domain = domain;
        // Models like to give the whole name.
        this.service = service.startsWith(domain + ".") ? service.substring(domain.length() + 1) : service;
    }

    HomeAssistantTool.Outcome run(Optional<String> entityId, JsonObject data)
            throws ToolException, InterruptedException {
        if (!domain.matches(NAME) || !service.matches(NAME)) {
            throw unknownService()
                    .orElseGet(() ->
                            ToolException.failed("A domain and a service are written in small letters, digits and _."));
        }
        JsonObject body = body(entityId, data);
        String path = domain + "/" + service;
        RestClient.Answer answer = home.call(path, body, home.timeout());
        if (answer.status() == 400 && answer.body().contains(WITH_RESPONSE)) {
            // It is refused before it runs, since it only answers.
            answer = home.call(path + WITH_RESPONSE, body, home.timeout());
        }
        if (!answer.isSuccess()) {
            Optional<ToolException> unknown = answer.status() == 400 ? unknownService() : Optional.empty();
            throw unknown.orElse(home.refused(answer));
        }
        return outcome(home.json(answer), body.has(ENTITY_ID));
    }

    private JsonObject body(Optional<String> entityId, JsonObject data) throws ToolException, InterruptedException {
        if (entityId.isEmpty() || entityId.get().isBlank()) {
            return data;
        }
        if (data.has(ENTITY_ID)) {
            throw ToolException.failed("entity_id is given twice, once within data; give it once.");
        }
        List<String> ids = Arrays.stream(entityId.get().split(","))
                .map(id -> id.strip().toLowerCase(Locale.ROOT))
                .filter(id -> !id.isEmpty())
                .toList();
        for (String id : ids) {
            // Home Assistant takes a call for something that is not there, does nothing, and calls it a success.
            if (!Set.of("all", "none").contains(id)) {
                entities.find(id);
            }
        }
        return data.toBuilder().put(ENTITY_ID, JsonArray.ofStrings(ids)).build();
    }

    /** The sentence about a domain or service that is not there; empty if both are. */
    private Optional<ToolException> unknownService() throws ToolException, InterruptedException {
        List<JsonObject> all = home.services();
        List<String> domains = new ArrayList<>();
        for (JsonObject each : all) {
            String name = each.string("domain").orElse("");
            domains.add(name);
            if (name.equals(domain)) {
                Set<String> services = each.object("services")
                        .orElse(JsonObject.EMPTY)
                        .members()
                        .keySet();
                return services.contains(service)
                        ? Optional.empty()
                        : Optional.of(ToolException.failed("Home Assistant has no service '"
                                + Entities.shortened(service)
                                + "' in the domain '" + domain + "'." + Nearest.hint(service, services) + " There are: "
                                + String.join(", ", services) + "."));
            }
        }
        return Optional.of(ToolException.failed("Home Assistant has no services of a domain '"
                + Entities.shortened(domain) + "'." + Nearest.hint(domain, domains)));
    }

    private static HomeAssistantTool.Outcome outcome(JsonValue answer, boolean forEntities) {
        Optional<JsonValue> response =
                answer instanceof JsonObject object ? object.get("service_response") : Optional.empty();
        JsonArray states = switch (answer) {
            case JsonArray array -> array;
            case JsonObject object -> object.array("changed_states").orElse(JsonArray.EMPTY);
            default -> JsonArray.EMPTY;
        };
        List<JsonObject> changed = states.objects().map(Entities::brief).toList();
        boolean unclear = changed.isEmpty() && response.isEmpty() && forEntities;
        return new HomeAssistantTool.Outcome(
                changed,
                response,
                unclear
                        ? Optional.of(
                                "Home Assistant took the call and reports no change: it may have been so already, or the device"
                                        + " has not answered yet. get_state tells.")
                        : Optional.empty());
    }
}
