package io.pipecat.llm.openai;

import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Puts tool calls together that arrive in fragments. By the protocol a fragment names its call by {@code index} and only the first one
 * has id and name; servers leave the index out, give every call the index 0, leave the id empty, repeat id or name in each fragment,
 * or send a whole call at once. Not thread-safe.
 */
final class ToolCallAssembler {
    private static final int MAX_CALLS = 256;

    private static final class Part {
        private final OptionalInt index;
        private String id = "";
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();

        Part(OptionalInt index) {
            this.index = index;
        }

        /** Whether nothing can be missing any more, so that another name begins another call. */
        boolean isComplete() {
            return !name.isEmpty() && isObject(arguments.toString());
        }
    }

    private final List<Part> parts = new ArrayList<>();

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Takes one element of {@code tool_calls}. */
    void fragment(JsonObject fragment) throws BadAnswerException {
        // The older protocol and some servers have name and arguments without "function" around them.
        JsonObject function = fragment.object("function").orElse(fragment);
        String id = fragment.string("id").orElse("");
        String name = function.string("name").orElse("");
        String arguments =
                function.get("arguments").map(ToolCallAssembler::text).orElse("");
        if (id.isEmpty() && name.isEmpty() && arguments.isEmpty()) {
            return;
        }
        Part part = partFor(index(fragment), id, name, arguments);
        if (part.id.isEmpty()) {
            part.id = id;
        }
        if (part.name.isEmpty()) {
            part.name = name;
        } else if (!name.isEmpty() && !name.equals(part.name) && part.arguments.isEmpty()) {
            part.name += name;
        }
        part.arguments.append(arguments);
    }

    private static OptionalInt index(JsonObject fragment) {
        double index = fragment.number("index").map(JsonNumber::toDouble).orElse(-1.0);
        return index >= 0 && index < Integer.MAX_VALUE ? OptionalInt.of((int) index) : OptionalInt.empty();
    }

    private static String text(JsonValue arguments) {
        return switch (arguments) {
            case JsonString string -> string.value();
            case JsonNull none -> "";
            // Some servers send the object itself.
            default -> arguments.toString();
        };
    }

    private Part partFor(OptionalInt index, String id, String name, String arguments) throws BadAnswerException {
        Optional<Part> known = index.isPresent() ? newest(index) : knownId(id).or(this::newest);
        return known.isEmpty() || begins(known.get(), index, id, name, arguments) ? begin(index) : known.get();
    }

    private static boolean begins(Part part, OptionalInt index, String id, String name, String arguments) {
        if (name.isEmpty()) {
            return false;
        }
        if (!id.isEmpty() && !part.id.isEmpty() && !id.equals(part.id)) {
            // Though the index may say otherwise.
            return true;
        }
        if (part.isComplete()) {
            return !arguments.isBlank() || !part.name.equals(name);
        }
        return index.isEmpty() && !part.name.isEmpty() && !part.name.equals(name);
    }

    private Optional<Part> newest(OptionalInt index) {
        return parts.reversed().stream().filter(p -> p.index.equals(index)).findFirst();
    }

    private Optional<Part> knownId(String id) {
        return id.isEmpty()
                ? Optional.empty()
                : parts.reversed().stream().filter(p -> p.id.equals(id)).findFirst();
    }

    private Optional<Part> newest() {
        return parts.isEmpty() ? Optional.empty() : Optional.of(parts.getLast());
    }

    private Part begin(OptionalInt index) throws BadAnswerException {
        if (parts.size() == MAX_CALLS) {
            throw new BadAnswerException("more than " + MAX_CALLS + " tool calls in one answer", null);
        }
        Part part = new Part(index);
        parts.add(part);
        return part;
    }

    /**
     * Returns the calls in the order in which they began.
     *
     * @param usedIds ids that the conversation has already; a call that repeats one gets another
     */
    List<ToolCall> calls(Set<String> usedIds) {
        Set<String> used = new HashSet<>(usedIds);
        List<ToolCall> calls = new ArrayList<>();
        for (Part part : parts) {
            String id = part.id;
            if (id.isEmpty() || !used.add(id)) {
                id = freeId(used);
                used.add(id);
            }
            String arguments = part.arguments.toString();
            // Nothing at all is how many servers write a call without arguments.
            calls.add(new ToolCall(id, part.name, arguments.isBlank() ? "{}" : arguments));
        }
        return calls;
    }

    /** Nine letters and digits: Mistral's servers refuse ids of any other form when they get them back. */
    private static String freeId(Set<String> used) {
        int number = used.size();
        String id;
        do {
            id = String.format("call%05d", number++);
        } while (used.contains(id));
        return id;
    }

    static boolean isObject(String text) {
        if (!text.stripTrailing().endsWith("}")) {
            return false;
        }
        try {
            return Json.parse(text) instanceof JsonObject;
        } catch (JsonException e) {
            return false;
        }
    }
}
