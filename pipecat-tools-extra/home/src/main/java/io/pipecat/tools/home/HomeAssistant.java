package io.pipecat.tools.home;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.tool.ToolException;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.json.JsonLimits;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Home Assistant behind its <a href="https://developers.home-assistant.io/docs/api/rest/">REST interface</a>, with failures as sentences.
 * Thread-safe.
 */
final class HomeAssistant implements AutoCloseable {
    private static final Json READER = Json.within(JsonLimits.DEFAULT.withMaxLength(32 << 20));

    private final Settings settings;
    private final Rest rest;

    HomeAssistant(Settings settings) {
        this(settings, new RestClient());
    }

    HomeAssistant(Settings settings, Rest rest) {
        this.settings = settings;
        this.rest = rest;
    }

    /** How long an ordinary request may take. */
    Duration timeout() {
        return settings.get(HomeAssistantSettings.TIMEOUT);
    }

    /** All entities with their states. */
    List<JsonObject> states() throws ToolException, InterruptedException {
        return objects(get("states"));
    }

    /** All domains with their services. */
    List<JsonObject> services() throws ToolException, InterruptedException {
        return objects(get("services"));
    }

    private static List<JsonObject> objects(JsonValue value) {
        return value instanceof JsonArray array ? array.objects().toList() : List.of();
    }

    private JsonValue get(String path) throws ToolException, InterruptedException {
        RestClient.Answer answer = ask(path, Optional.empty(), timeout());
        if (!answer.isSuccess()) {
            throw refused(answer);
        }
        return json(answer);
    }

    /** One entity; empty if there is none of that name. */
    Optional<JsonValue> state(String entityId) throws ToolException, InterruptedException {
        RestClient.Answer answer = ask("states/" + entityId, Optional.empty(), timeout());
        if (answer.status() == 404) {
            return Optional.empty();
        }
        if (!answer.isSuccess()) {
            throw refused(answer);
        }
        return Optional.of(json(answer));
    }

    /** Calls a service; the caller looks at the status. */
    RestClient.Answer call(String service, JsonObject data, Duration timeout)
            throws ToolException, InterruptedException {
        return ask("services/" + service, Optional.of(data), timeout);
    }

    private RestClient.Answer ask(String path, Optional<JsonObject> body, Duration timeout)
            throws ToolException, InterruptedException {
        URI url = URI.create(base() + "/api/" + path);
        Secret token = settings.find(HomeAssistantSettings.TOKEN)
                .orElseThrow(() -> ToolException.failed("Home Assistant at " + base()
                        + " wants a token and none is set: make a long-lived access token on the page of your profile there, and set"
                        + " ha_token."));
        RestClient.SecretHeader header = new RestClient.SecretHeader("Authorization", "Bearer ", token);
        RestClient.Answer answer;
        try {
            answer = rest.ask(new RestClient.Question(url, body, Optional.of(header), timeout));
        } catch (RestException e) {
            boolean mayHaveRun = body.isPresent() && !e.nothingSent();
            throw new ToolException(
                    mayHaveRun ? ToolException.Reason.UNCERTAIN : ToolException.Reason.FAILED,
                    "Home Assistant at " + base() + " was asked, but " + e.getMessage() + ". "
                            + (mayHaveRun
                                    ? "Whether it did what was asked is not known: look at the state before asking again."
                                    : "Check that it runs there and that ha_url is right."),
                    e);
        }
        if (answer.status() == 401 || answer.status() == 403) {
            throw ToolException.failed("Home Assistant at " + base() + " refuses the token (" + answer.status()
                    + "): make a new long-lived access token on the page of your profile there, and set ha_token.");
        }
        if (answer.status() >= 300 && answer.status() < 400) {
            throw ToolException.failed(
                    "What answers at " + base() + " redirects elsewhere (" + answer.status()
                            + "), which is not followed, so that the token goes nowhere else: set ha_url to where Home Assistant itself is.");
        }
        return answer;
    }

    /** Says that an answer was an error of no special kind. */
    ToolException refused(RestClient.Answer answer) {
        String hint = answer.status() == 404 ? " Check ha_url: there is no Home Assistant at that path." : "";
        return ToolException.failed("Home Assistant at " + base() + " answers " + answer.status()
                + (answer.excerpt().isEmpty() ? "" : ": " + answer.excerpt()) + "." + hint);
    }

    /** Reads an answer that was a success. */
    JsonValue json(RestClient.Answer answer) throws ToolException {
        try {
            return READER.read(answer.body());
        } catch (JsonException e) {
            throw new ToolException(
                    ToolException.Reason.FAILED,
                    "What answers at " + base() + " is not Home Assistant (" + e.getMessage()
                            + "): check the setting ha_url.",
                    e);
        }
    }

    private String base() {
        URI url = settings.find(HomeAssistantSettings.URL).orElse(null);
        if (url == null) {
            throw new IllegalStateException("Home Assistant is not configured any more: set ha_url.");
        }
        return url.toString().replaceFirst("(/api)?/*$", "");
    }

    @Override
    public void close() {
        rest.close();
    }
}
