package io.pipecat.tools.remote;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.MethodSpec;
import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.ToolSpec;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what {@code GET /tools/} answers: {@code {tool: {method: {"doc", "args", "schema", "sensitive", "placement", "timeout"}}}}. The
 * predecessor sends only the first two; the rest then comes from a table of its methods, which has the same form. A method that neither says anything
 * about is sensitive, and takes its parameters untyped and as optional ones: whether they have defaults is not to be seen.
 */
final class Catalogue {
    private static final Logger LOG = LoggerFactory.getLogger(Catalogue.class);
    private static final JsonObject KNOWN = table();
    private static final String PROPERTIES = "properties";
    private static final JsonObject OPEN_SCHEMA = JsonObject.of("type", "object");
    private static final long MAX_TIMEOUT_SECONDS = Duration.ofDays(1).toSeconds();
    /** The server should be the first to give up: it says why. */
    private static final Duration ON_THE_WAY = Duration.ofSeconds(2);

    /** Where the tools that both systems know belong, for a server that does not say it. */
    private static final Map<String, Placement> PLACEMENTS = Map.ofEntries(
            Map.entry("calculator", Placement.LIGHT),
            Map.entry("clock", Placement.LIGHT),
            Map.entry("system", Placement.LIGHT),
            Map.entry("wol", Placement.LIGHT),
            Map.entry("world_model", Placement.LIGHT),
            Map.entry("code_runner", Placement.HEAVY),
            Map.entry("ansible", Placement.HEAVY),
            Map.entry("rag", Placement.HEAVY),
            Map.entry("ocr", Placement.HEAVY),
            Map.entry("wasm", Placement.HEAVY),
            Map.entry("heretic", Placement.HEAVY),
            Map.entry("web_browser", Placement.HEAVY));

    private Catalogue() {}

    private static JsonObject table() {
        try (InputStream in = Catalogue.class.getResourceAsStream("predecessor-tools.json")) {
            if (in == null) {
                throw new IllegalStateException("predecessor-tools.json is missing from the jar");
            }
            return Json.parseObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonException e) {
            throw new IllegalStateException("predecessor-tools.json is damaged", e);
        }
    }

    /** Makes specifications of what a server sent. What is not a tool is left out and logged. */
    static List<ToolSpec> read(JsonObject tools) {
        List<ToolSpec> specs = new ArrayList<>();
        tools.members().forEach((name, methods) -> {
            try {
                if (methods instanceof JsonObject object) {
                    specs.add(tool(name, object));
                } else {
                    LOG.warn("The tool server lists '{}' as {}; it is left out.", name, Json.kind(methods));
                }
            } catch (IllegalArgumentException e) {
                LOG.warn("The tool server lists something that is left out: {}", e.getMessage());
            }
        });
        return List.copyOf(specs);
    }

    private static ToolSpec tool(String name, JsonObject methods) {
        List<MethodSpec> specs = new ArrayList<>();
        methods.members().forEach((method, value) -> specs.add(method(name, method, value)));
        return new ToolSpec(
                name, "The tool " + name + " of the tool server.", placement(name, Optional.of(methods)), specs);
    }

    /**
     * Makes a specification of a name from the settings, about which no server said anything.
     *
     * @param name the tool
     * @param methods its methods; if there are none, those of the predecessor's tool of that name
     */
    static ToolSpec named(String name, List<String> methods) {
        List<String> all = methods.isEmpty()
                ? known(name).map(tool -> List.copyOf(tool.members().keySet())).orElse(List.of())
                : methods;
        return new ToolSpec(
                name,
                "The tool " + name + " of the tool server.",
                placement(name, Optional.empty()),
                all.stream().distinct().map(method -> named(name, method)).toList());
    }

    private static MethodSpec named(String tool, String method) {
        Optional<JsonObject> known = known(tool, method);
        return new MethodSpec(
                method,
                known.flatMap(entry -> entry.string("doc")).orElseGet(() -> undescribed(tool, method)),
                known.flatMap(entry -> entry.object("schema")).orElse(OPEN_SCHEMA),
                known.flatMap(entry -> entry.bool("sensitive")).orElse(true),
                Optional.empty());
    }

    private static MethodSpec method(String tool, String method, JsonValue value) {
        JsonObject entry = value instanceof JsonObject object ? object : JsonObject.EMPTY;
        Optional<JsonObject> known = known(tool, method);
        String doc = entry.string("doc")
                .filter(text -> !text.isBlank())
                .or(() -> known.flatMap(k -> k.string("doc")))
                .orElseGet(() -> undescribed(tool, method));
        boolean sensitive = entry.bool("sensitive")
                .or(() -> known.flatMap(k -> k.bool("sensitive")))
                .orElse(true);
        return new MethodSpec(method, doc.strip(), schema(entry, known), sensitive, timeout(entry));
    }

    /** How long the server lets a call take, in seconds; one that says nothing sensible leaves it to this node. */
    private static Optional<Duration> timeout(JsonObject entry) {
        return entry.number("timeout")
                .map(JsonNumber::toDouble)
                .filter(seconds -> seconds > 0 && seconds <= MAX_TIMEOUT_SECONDS)
                .map(seconds -> Duration.ofMillis(Math.max(1, Math.round(seconds * 1000)))
                        .plus(ON_THE_WAY));
    }

    private static String undescribed(String tool, String method) {
        return "The method " + method + " of the tool " + tool + ", which the tool server does not describe.";
    }

    private static JsonObject schema(JsonObject entry, Optional<JsonObject> known) {
        Optional<JsonObject> sent = entry.object("schema")
                .filter(schema -> schema.string("type").equals(Optional.of("object")))
                .filter(schema ->
                        !schema.has(PROPERTIES) || schema.object(PROPERTIES).isPresent());
        if (sent.isPresent()) {
            return sent.get();
        }
        List<String> names =
                entry.array("args").orElse(JsonArray.EMPTY).strings().toList();
        Optional<JsonObject> table = known.flatMap(k -> k.object("schema"))
                .filter(schema -> List.copyOf(schema.object(PROPERTIES)
                                .orElse(JsonObject.EMPTY)
                                .members()
                                .keySet())
                        .equals(names));
        return table.orElseGet(() -> untyped(names));
    }

    private static JsonObject untyped(List<String> names) {
        JsonObject.Builder properties = JsonObject.builder();
        names.forEach(name -> properties.put(name, JsonObject.EMPTY));
        return JsonObject.builder()
                .put("type", "object")
                .put(PROPERTIES, properties.build())
                .put("additionalProperties", false)
                .build();
    }

    /** The placement is the tool's, and on the wire each of its methods has it. */
    private static Placement placement(String tool, Optional<JsonObject> sent) {
        return sent.flatMap(Catalogue::placement).orElseGet(() -> PLACEMENTS.getOrDefault(tool, Placement.NORMAL));
    }

    private static Optional<Placement> placement(JsonObject methods) {
        for (JsonValue method : methods.members().values()) {
            if (method instanceof JsonObject entry) {
                String word = entry.string("placement").orElse("").toLowerCase(Locale.ROOT);
                for (Placement placement : Placement.values()) {
                    if (placement.name().toLowerCase(Locale.ROOT).equals(word)) {
                        return Optional.of(placement);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<JsonObject> known(String tool) {
        return KNOWN.object(tool);
    }

    private static Optional<JsonObject> known(String tool, String method) {
        return known(tool).flatMap(methods -> methods.object(method));
    }
}
