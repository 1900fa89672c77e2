package io.pipecat.llm.local;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.llm.local.chat.SumValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How a model did, by category. */
final class Scores {
    private record Call(String name, JsonObject arguments) {}

    /** What a response is worth: a refusal misses, a wrong call does harm. */
    enum Outcome {
        RIGHT,
        MISSED,
        WRONG_CALL;

        private static final Pattern ARTICLE = Pattern.compile("^(?:the|my|our|all the|all of the|all|a) ");
        private static final Pattern AND =
                Pattern.compile("\\s*[,&]\\s*(?:and\\s+)?|\\s+(?:and|plus|as well as)\\s+(?:also\\s+)?");
        private static final Map<String, String> REPLIES = Map.of(
                "greeting", "Hello!",
                "thanks", "You're welcome",
                "bye", "Goodbye",
                "about", "I am a small model that",
                "wellbeing", "I am fine");

        // What is declined, or taken for small talk.
        private static final List<String> DECLINES = List.of(
                "Sorry", "I am sorry", "Hello!", "You're welcome", "Goodbye", "I am fine", "I am a small model");

        static Outcome of(JsonObject sample, LLMResponse response) {
            List<JsonObject> wanted =
                    sample.array("calls").map(Outcome::objects).orElse(List.of());
            List<ToolCall> made = response.toolCalls();
            if (wanted.isEmpty()) {
                return made.isEmpty() ? said(sample, response.text()) : WRONG_CALL;
            }
            if (made.isEmpty()) {
                return MISSED;
            }
            List<Call> all = made.stream()
                    .flatMap(call -> apart(new Call(call.name(), arguments(call))))
                    .toList();
            List<Call> right = wanted.stream()
                    .flatMap(call -> apart(new Call(
                            call.string("name").orElseThrow(),
                            call.object("arguments").orElseThrow())))
                    .toList();
            boolean same = all.size() == right.size();
            for (int i = 0; i < right.size() && same; i++) {
                same = same(right.get(i), all.get(i));
            }
            return same ? RIGHT : WRONG_CALL;
        }

        // The world model takes "the lamp, the fan and the heater" for three devices: one call does what three would.
        private static Stream<Call> apart(Call call) {
            String target = call.arguments.string("target").orElse("");
            return target.isEmpty()
                    ? Stream.of(call)
                    : AND.splitAsStream(target)
                            .map(device -> new Call(
                                    call.name,
                                    call.arguments.toBuilder()
                                            .put("target", device)
                                            .build()));
        }

        private static JsonObject arguments(ToolCall made) {
            try {
                return Json.parseObject(made.argumentsJson());
            } catch (JsonException e) {
                throw new AssertionError("a call that is no JSON went through: " + made, e);
            }
        }

        private static Outcome said(JsonObject sample, String text) {
            boolean right = sample.string("says")
                    .map(text::equals)
                    .orElseGet(() -> sample.string("reply")
                            .map(reply -> text.startsWith(REPLIES.get(reply)))
                            .orElseGet(() -> DECLINES.stream().anyMatch(text::startsWith)));
            return right ? RIGHT : MISSED;
        }

        private static List<JsonObject> objects(JsonArray array) {
            return array.elements().stream().map(JsonObject.class::cast).toList();
        }

        private static boolean same(Call wanted, Call made) {
            JsonObject arguments = wanted.arguments;
            JsonObject own = made.arguments;
            boolean named = wanted.name.equals(made.name);
            if (named && arguments.string("expression").isPresent()) {
                return sameValue(
                        arguments.string("expression").get(),
                        own.string("expression").orElse(""));
            }
            return named
                    && arguments.members().entrySet().stream()
                            .allMatch(argument -> plain(text(argument.getValue()))
                                    .equals(plain(
                                            text(own.get(argument.getKey()).orElse(new JsonString(""))))))
                    && own.members().keySet().stream()
                            .allMatch(name -> name.equals("property")
                                    || arguments.members().containsKey(name));
        }

        // 4 + 30 / 2 is as good an answer as 30 / 2 + 4. Where both cannot be calculated, they have to be written
        // alike.
        private static boolean sameValue(String wanted, String made) {
            Optional<BigDecimal> value = SumValue.of(wanted);
            return value.isPresent()
                    ? value.equals(SumValue.of(made))
                    : plain(wanted).equals(plain(made));
        }

        private static String text(Object value) {
            return value instanceof JsonString string ? string.value() : value.toString();
        }

        // The world model takes these for the same.
        private static String plain(String text) {
            return ARTICLE.matcher(text.toLowerCase(Locale.ROOT).strip())
                    .replaceFirst("")
                    .replace(" percent", "%")
                    .replace(" ", "");
        }
    }

    private final Map<String, EnumMap<Outcome, Integer>> categories = new TreeMap<>();

    private int sums;
    private int wrongSums;

    /** Counts a response; one to a sum that calls another tool is a wrong call and no wrong sum. */
    void add(JsonObject sample, LLMResponse response, Outcome outcome) {
        String category = sample.string("category").orElseThrow();
        if (category.startsWith("arithmetic") || category.startsWith("sum")) {
            sums++;
            boolean calculated =
                    response.toolCalls().stream().anyMatch(call -> call.name().startsWith("calculator"));
            wrongSums += outcome == Outcome.WRONG_CALL && calculated ? 1 : 0;
        }
        categories.computeIfAbsent(category, c -> new EnumMap<>(Outcome.class)).merge(outcome, 1, Integer::sum);
    }

    double right() {
        return share("", Outcome.RIGHT);
    }

    /** The share of wrong calls in the categories whose name begins so. */
    double wrongCalls(String category) {
        return share(category, Outcome.WRONG_CALL);
    }

    double wrongSums() {
        return sums == 0 ? 0 : (double) wrongSums / sums;
    }

    private double share(String category, Outcome outcome) {
        int all = 0;
        int those = 0;
        for (Map.Entry<String, EnumMap<Outcome, Integer>> entry : categories.entrySet()) {
            if (entry.getKey().startsWith(category)) {
                all += entry.getValue().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum();
                those += entry.getValue().getOrDefault(outcome, 0);
            }
        }
        return (double) those / all;
    }

    List<String> table() {
        List<String> lines =
                new ArrayList<>(List.of("", "| category | right | missed | wrong call |", "| --- | --- | --- | --- |"));
        categories.forEach((category, counts) -> lines.add("| " + category + " | "
                + counts.getOrDefault(Outcome.RIGHT, 0) + " | " + counts.getOrDefault(Outcome.MISSED, 0) + " | "
                + counts.getOrDefault(Outcome.WRONG_CALL, 0) + " |"));
        lines.add("| wrong sums | " + wrongSums + " of " + sums + " | | |");
        lines.add(String.format(Locale.ROOT, "| all | %.1f %% | | |", 100 * right()));
        lines.add("");
        return lines;
    }

    @Override
    public String toString() {
        return String.join("\n", table());
    }
}
