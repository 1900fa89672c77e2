package io.pipecat.llm.local.chat;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads calls as models write them. One for each response; it makes the ids. Not thread-safe. */
final class CallJson {
    private static final Pattern NAME = Pattern.compile("\"name\"\\s*:\\s*\"([^\"]*)\"");

    private final Set<String> usedIds = new HashSet<>();
    private int next;

    CallJson(LLMContext context) {
        for (Message message : context.messages()) {
            if (message instanceof Message.Assistant assistant) {
                assistant.toolCalls().forEach(call -> usedIds.add(call.id()));
            } else if (message instanceof Message.ToolResult result) {
                usedIds.add(result.callId());
            }
        }
        next = usedIds.size();
    }

    /** Reads what stands in the place of a call. It is always a call, be it malformed. */
    List<ToolCall> read(String body) {
        List<ToolCall> calls = read(body, true);
        if (!calls.isEmpty()) {
            return calls;
        }
        Matcher name = NAME.matcher(body);
        return List.of(new ToolCall(nextId(), name.find() ? name.group(1) : "", body.strip()));
    }

    /** Reads calls; empty if it is something else. */
    List<ToolCall> readIfCall(String body) {
        return read(body, false);
    }

    private List<ToolCall> read(String body, boolean certain) {
        JsonValue value;
        try {
            value = Json.parse(body.strip());
        } catch (JsonException e) {
            return List.of();
        }
        List<ToolCall> calls = new ArrayList<>();
        return collect(value, certain, calls) ? calls : List.of();
    }

    private boolean collect(JsonValue value, boolean certain, List<ToolCall> calls) {
        if (value instanceof JsonArray array) {
            boolean all = array.size() > 0;
            for (JsonValue element : array) {
                all &= collect(element, certain, calls);
            }
            return all;
        }
        if (!(value instanceof JsonObject object)) {
            return false;
        }
        Optional<JsonValue> nested = object.get("tool_calls").or(() -> object.get("function"));
        if (nested.isPresent()) {
            return collect(nested.get(), certain, calls);
        }
        Optional<String> name = object.string("name");
        Optional<JsonValue> arguments = object.get("arguments").or(() -> object.get("parameters"));
        if (name.isEmpty()
                || (arguments.isEmpty() && !(certain && object.members().size() == 1))) {
            return false;
        }
        JsonValue given = arguments.orElse(JsonObject.EMPTY);
        // Some models write the arguments as a text that holds JSON.
        calls.add(
                new ToolCall(nextId(), name.get(), given instanceof JsonString text ? text.value() : given.toString()));
        return true;
    }

    // Nine letters and digits, which is the form that Mistral's models were trained on.
    String nextId() {
        String id;
        do {
            id = String.format(Locale.ROOT, "call%05d", next++);
        } while (!usedIds.add(id));
        return id;
    }
}
