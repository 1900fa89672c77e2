package io.pipecat.endpoint.web;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A conversation as it lies on the disk.
 *
 * @param title what it is called
 * @param created when it began
 * @param updated when something was last said
 * @param turns what was said, in order
 * @param context what the model is told of it
 */
record Stored(String title, String created, String updated, List<Turn> turns, List<Message> context) {
    /** The form of the lines; counted up when an earlier version could not read them. */
    static final int FORMAT = 1;

    /**
     * What a person said and what came of it.
     *
     * @param id names it
     * @param user what was said, as it is told
     * @param assistant the answer, as it is told; empty while there is none
     */
    record Turn(String id, JsonObject user, Optional<JsonObject> assistant) {
        private static final JsonObject NO_USAGE = JsonObject.builder()
                .put("prompt_tokens", 0)
                .put("completion_tokens", 0)
                .build();

        /** The answer; that it was lost if a node died over it. */
        JsonObject answer() {
            return assistant.orElseGet(() -> JsonObject.builder()
                    .put("role", "assistant")
                    .put("turn", id)
                    .put("time", user.string("time").orElse(""))
                    .put("finish", "lost")
                    .put("usage", NO_USAGE)
                    .put("parts", JsonArray.EMPTY)
                    .build());
        }
    }

    static JsonObject header(String id, String title, String time) {
        return JsonObject.builder()
                .put("type", "conversation")
                .put("format", FORMAT)
                .put("id", id)
                .put("time", time)
                .put("title", title)
                .build();
    }

    static JsonObject titleLine(String title, String time) {
        return JsonObject.builder()
                .put("type", "title")
                .put("title", title)
                .put("time", time)
                .build();
    }

    /** The line of an answer: what is told of it, and by what the model's context differs from before. */
    static JsonObject answerLine(JsonObject answer, List<Message> before, List<Message> after) {
        int same = 0;
        while (same < before.size() && same < after.size() && before.get(same).equals(after.get(same))) {
            same++;
        }
        List<JsonValue> added = after.subList(same, after.size()).stream()
                .map(MessageJson::write)
                .toList();
        return JsonObject.builder()
                .put("type", "answer")
                .put("message", answer)
                .put("context_keeps", same)
                .put("context_adds", new JsonArray(added))
                .build();
    }

    static JsonObject userLine(JsonObject user) {
        return JsonObject.builder().put("type", "user").put("message", user).build();
    }

    static Stored read(List<JsonObject> lines) {
        String title = "";
        String created = "";
        String updated = "";
        Map<String, Turn> turns = new LinkedHashMap<>();
        List<Message> context = new ArrayList<>();
        for (JsonObject line : lines) {
            JsonObject message = line.object("message").orElse(JsonObject.EMPTY);
            String turn = message.string("turn").orElse("");
            switch (line.string("type").orElse("")) {
                case "conversation" -> {
                    title = line.string("title").orElse("");
                    created = line.string("time").orElse("");
                    updated = created;
                }
                case "title" -> title = line.string("title").orElse(title);
                case "user" -> {
                    turns.put(turn, new Turn(turn, message, Optional.empty()));
                    updated = message.string("time").orElse(updated);
                }
                case "answer" -> {
                    turns.computeIfPresent(turn, (id, asked) -> new Turn(id, asked.user(), Optional.of(message)));
                    updated = message.string("time").orElse(updated);
                    context = new ArrayList<>(context.subList(0, kept(line, context.size())));
                    context.addAll(MessageJson.read(line.array("context_adds").orElse(JsonArray.EMPTY)));
                }
                default -> {}
            }
        }
        return new Stored(title, created, updated, List.copyOf(turns.values()), List.copyOf(context));
    }

    /** A damaged number must not cost the conversation: all is kept then, and what comes after it. */
    private static int kept(JsonObject line, int all) {
        double keeps = line.number("context_keeps").map(JsonNumber::toDouble).orElse((double) all);
        return keeps >= 0 && keeps <= all ? (int) keeps : all;
    }

    /** All that a person can see of it, for a search. */
    List<String> texts() {
        List<String> texts = new ArrayList<>(List.of(title));
        for (Turn turn : turns) {
            texts.add(turn.user().string("text").orElse(""));
            parts(turn.answer()).forEach(part -> {
                part.string("text").ifPresent(texts::add);
                part.string("name").ifPresent(texts::add);
                part.string("arguments").ifPresent(texts::add);
                part.string("result").ifPresent(texts::add);
            });
        }
        return texts;
    }

    static List<JsonObject> parts(JsonObject answer) {
        return answer.array("parts").orElse(JsonArray.EMPTY).objects().toList();
    }

    /** The beginning of what was said last. */
    String preview() {
        String last = "";
        for (Turn turn : turns) {
            String said = parts(turn.answer()).stream()
                    .filter(part -> part.string("type").filter("text"::equals).isPresent())
                    .map(part -> part.string("text").orElse(""))
                    .reduce("", String::concat);
            last = said.isBlank() ? turn.user().string("text").orElse("") : said;
        }
        return Texts.shortened(last, 120);
    }
}
