package io.pipecat.endpoint.web;

import io.pipecat.api.LogSource;
import io.pipecat.api.NodeContext;
import io.pipecat.api.http.Request;
import io.pipecat.api.http.Response;
import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** What the node has logged lately, with the secrets of its settings blanked should one have got into a message. */
final class LogRoutes {
    private static final List<String> LEVELS = List.of("error", "warn", "info", "debug", "trace");

    private final NodeContext context;

    LogRoutes(NodeContext context) {
        this.context = context;
    }

    Api api() {
        return Api.get("/api/logs", "Tells what was logged lately, newest last.", this::logs)
                .asking("level", "query", "limit");
    }

    private Response logs(Request request) throws Bodies.Malformed {
        Predicate<LogSource.Entry> filter = filter(request);
        int limit = Numbers.query(request, "limit", 200, 1, 5000);
        Optional<LogSource> source = context.logs();
        List<JsonValue> found = source.map(LogSource::recent).orElse(List.of()).stream()
                .filter(filter)
                .<JsonValue>map(this::json)
                .toList();
        return Response.json(
                200,
                JsonObject.builder()
                        .put("available", source.isPresent())
                        .put("entries", new JsonArray(found.subList(Math.max(0, found.size() - limit), found.size())))
                        .build());
    }

    /** What {@code level} and {@code query} of a request ask for. */
    static Predicate<LogSource.Entry> filter(Request request) throws Bodies.Malformed {
        String level = request.query("level")
                .map(text -> text.strip().toLowerCase(Locale.ROOT))
                .filter(text -> !text.isEmpty())
                .orElse("trace");
        if (!LEVELS.contains(level)) {
            throw new Bodies.Malformed("'level' is one of " + String.join(", ", LEVELS) + ", not '" + level + "'.");
        }
        String query = request.query("query").orElse("").strip().toLowerCase(Locale.ROOT);
        List<String> wanted = LEVELS.subList(0, LEVELS.indexOf(level) + 1);
        return entry -> wanted.contains(entry.level())
                && (query.isEmpty()
                        || entry.message().toLowerCase(Locale.ROOT).contains(query)
                        || entry.logger().toLowerCase(Locale.ROOT).contains(query));
    }

    JsonObject json(LogSource.Entry entry) {
        return JsonObject.builder()
                .put("time", entry.time().toString())
                .put("level", entry.level())
                .put("logger", entry.logger())
                .put("message", Texts.blanked(entry.message(), context.settings()))
                .put("thread", entry.thread())
                .build();
    }
}
