package io.pipecat.endpoint.web;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The description of the API in the form of OpenAPI 3.1, made from the table of routes. */
final class OpenApi {
    private static final Pattern PARAMETER = Pattern.compile("\\{([A-Za-z_]+)(?:\\.\\.\\.)?}");
    private static final JsonObject ERROR = JsonObject.of(
            "application/json", JsonObject.of("schema", JsonObject.of("$ref", "#/components/schemas/Error")));

    private OpenApi() {}

    static JsonObject of(List<Api> apis, String version) {
        Map<String, JsonObject.Builder> paths = new LinkedHashMap<>();
        for (Api api : apis) {
            String path = api.path().replace("...}", "}");
            paths.computeIfAbsent(path, p -> JsonObject.builder())
                    .put(api.method().toLowerCase(Locale.ROOT), operation(api));
        }
        JsonObject.Builder all = JsonObject.builder();
        paths.forEach((path, operations) -> all.put(path, operations.build()));
        return JsonObject.builder()
                .put("openapi", "3.1.0")
                .put(
                        "info",
                        JsonObject.builder()
                                .put("title", "pipecat node")
                                .put("version", version)
                                .put(
                                        "description",
                                        "The API of a pipecat node: conversations, what the node is, its house, and the"
                                                + " gateway. Errors are {\"detail\": sentence}.")
                                .build())
                .put(
                        "security",
                        JsonArray.of(
                                JsonObject.of("key", JsonArray.EMPTY),
                                JsonObject.of("cookie", JsonArray.EMPTY),
                                JsonObject.EMPTY))
                .put("paths", all.build())
                .put("components", components())
                .build();
    }

    private static JsonObject operation(Api api) {
        List<JsonValue> parameters = new ArrayList<>();
        Matcher inPath = PARAMETER.matcher(api.path());
        while (inPath.find()) {
            parameters.add(parameter(inPath.group(1), "path", true));
        }
        api.query().forEach(name -> parameters.add(parameter(name, "query", false)));
        JsonObject.Builder operation = JsonObject.builder().put("summary", api.summary());
        if (api.access() == Api.Access.EVERYBODY) {
            operation.put("security", JsonArray.EMPTY);
        }
        if (!parameters.isEmpty()) {
            operation.put("parameters", new JsonArray(parameters));
        }
        if (!api.fields().isEmpty()) {
            operation.put("requestBody", body(api));
        }
        return operation.put("responses", responses(api)).build();
    }

    private static JsonObject parameter(String name, String place, boolean required) {
        return JsonObject.builder()
                .put("name", name)
                .put("in", place)
                .put("required", required)
                .put("schema", JsonObject.of("type", "string"))
                .build();
    }

    private static JsonObject body(Api api) {
        JsonObject.Builder properties = JsonObject.builder();
        api.fields()
                .forEach(field -> properties.put(
                        field.name(),
                        JsonObject.builder()
                                .put("type", field.type())
                                .put("description", field.description())
                                .build()));
        List<String> required = api.fields().stream()
                .filter(Api.Field::required)
                .map(Api.Field::name)
                .toList();
        JsonObject schema = JsonObject.builder()
                .put("type", "object")
                .put("properties", properties.build())
                .put("required", JsonArray.ofStrings(required))
                .build();
        return JsonObject.builder()
                .put("required", true)
                .put("content", JsonObject.of("application/json", JsonObject.of("schema", schema)))
                .build();
    }

    private static JsonObject responses(Api api) {
        JsonObject.Builder good =
                JsonObject.builder().put("description", api.answer().description());
        if (!api.answer().type().isEmpty()) {
            good.put("content", JsonObject.of(api.answer().type(), JsonObject.EMPTY));
        }
        return JsonObject.builder()
                .put(String.valueOf(api.answer().status()), good.build())
                .put(
                        "default",
                        JsonObject.builder()
                                .put("description", "It could not be done; detail says why and what to do.")
                                .put("content", ERROR)
                                .build())
                .build();
    }

    private static JsonObject components() {
        JsonObject error = JsonObject.builder()
                .put("type", "object")
                .put("properties", JsonObject.of("detail", JsonObject.of("type", "string")))
                .put("required", JsonArray.of(new JsonString("detail")))
                .build();
        JsonObject key =
                JsonObject.builder().put("type", "http").put("scheme", "bearer").build();
        JsonObject cookie = JsonObject.builder()
                .put("type", "apiKey")
                .put("in", "cookie")
                .put("name", Logins.COOKIE)
                .build();
        return JsonObject.builder()
                .put("schemas", JsonObject.of("Error", error))
                .put(
                        "securitySchemes",
                        JsonObject.builder()
                                .put("key", key)
                                .put("cookie", cookie)
                                .build())
                .build();
    }
}
