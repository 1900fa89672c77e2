package io.pipecat.llm.local.chat;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.Message;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What tools answer, in the few words that the built-in model was trained on, and as a sentence of its own where that is safer. */
final class HomeResults {
    private static final int DIGITS = 12;
    private static final int MOST_DEVICES = 3;
    private static final int LONGEST_FOR_MODEL = 80;
    private static final int FULL_BRIGHTNESS = 100;
    private static final int MINUTES = 5;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    /**
     * A result.
     *
     * @param shown what the model is shown
     * @param facts what a sentence about it has to contain
     * @param sentence what is said where the model does not
     * @param simple whether the model can be left to say it
     */
    record Result(String shown, List<String> facts, String sentence, boolean simple) {}

    private HomeResults() {}

    static Result of(Message.ToolResult result, JsonObject arguments) {
        String text = withoutHint(result.text());
        if (result.error()) {
            String sentence = "Sorry. " + text.strip();
            return new Result("error: " + shortened(text), List.of(), sentence, false);
        }
        return switch (result.name()) {
            case HomeFunctions.CALCULATE -> sum(arguments.string("expression").orElse(""), number(text));
            case HomeFunctions.CLOCK -> clock(object(text), text);
            case HomeFunctions.QUERY -> devices(object(text), text);
            case HomeFunctions.COMMAND ->
                command(object(text), arguments.string("state").orElse(""), text);
            default -> other(result.name(), text);
        };
    }

    private static Result sum(String expression, String value) {
        String sentence = expression + " = " + value + ".";
        return new Result(value, List.of(sentence), sentence, sentence.length() <= LONGEST_FOR_MODEL);
    }

    private static Result clock(JsonObject now, String text) {
        String time = now.string("time").orElse("");
        String date = date(now.string("date").orElse(""));
        if (time.length() < MINUTES || date.isEmpty()) {
            return other(HomeFunctions.CLOCK, text);
        }
        String minute = time.substring(0, MINUTES);
        String weekday = now.string("weekday").orElse("");
        String shown = minute + ", " + weekday + ", " + date;
        return new Result(shown, List.of(), "It is " + minute + ", " + weekday + ", " + date + ".", true);
    }

    private static String date(String iso) {
        try {
            return LocalDate.parse(iso).format(DATE);
        } catch (DateTimeException e) {
            return iso;
        }
    }

    private static Result devices(JsonObject answer, String text) {
        List<JsonObject> devices = objects(answer, "devices");
        if (devices.isEmpty()) {
            return other(HomeFunctions.QUERY, text);
        }
        List<String> shown = new ArrayList<>();
        List<String> facts = new ArrayList<>();
        for (JsonObject device : devices) {
            String name = device.string("name").orElse("");
            String state = state(device.object("state").orElse(JsonObject.EMPTY));
            shown.add(name + ": " + state);
            facts.add(name);
            facts.add(state);
        }
        String failed = failed(answer);
        return new Result(
                String.join("; ", shown),
                facts,
                String.join("; ", shown) + "." + failed,
                failed.isEmpty() && isShort(devices.size(), String.join("; ", shown)));
    }

    private static Result command(JsonObject answer, String state, String text) {
        List<JsonObject> devices = objects(answer, "devices");
        if (devices.isEmpty()) {
            return other(HomeFunctions.COMMAND, text);
        }
        List<String> names =
                devices.stream().map(device -> device.string("name").orElse("")).toList();
        boolean done = answer.string("status").filter("confirmed"::equals).isPresent();
        String joined = String.join(", ", names);
        String failed = failed(answer);
        String sentence = done
                ? "Done: " + joined + " " + state + "."
                : "I asked for it: " + joined + " " + state + ". Not confirmed yet.";
        List<String> facts = new ArrayList<>(names);
        facts.add(state);
        if (!done) {
            facts.add("Not confirmed");
        }
        String shown = (done ? "done: " : "asked: ") + joined + " " + state;
        return new Result(shown, facts, sentence + failed, failed.isEmpty() && isShort(devices.size(), shown));
    }

    private static boolean isShort(int devices, String shown) {
        return devices <= MOST_DEVICES && shown.length() <= LONGEST_FOR_MODEL;
    }

    private static String failed(JsonObject answer) {
        return objects(answer, "failed").stream()
                .map(failure -> " " + failure.string("error").orElse(""))
                .collect(Collectors.joining());
    }

    private static Result other(String function, String text) {
        String plain = flat(value(text));
        return new Result(shortened(plain), List.of(), function + ": " + plain.strip(), false);
    }

    private static String flat(JsonValue value) {
        return switch (value) {
            case JsonString string -> string.value();
            case JsonObject object ->
                object.members().entrySet().stream()
                        .map(member -> member.getKey() + " " + flat(member.getValue()))
                        .collect(Collectors.joining(", "));
            case JsonArray array ->
                array.elements().stream().map(HomeResults::flat).collect(Collectors.joining("; "));
            default -> value.toString();
        };
    }

    // on, 40% · 21.5 · open
    private static String state(JsonObject state) {
        List<String> parts = new ArrayList<>();
        state.get("state").ifPresent(main -> parts.add(word(main)));
        boolean off = parts.contains("off");
        for (Map.Entry<String, JsonValue> member : state.members().entrySet()) {
            String value = word(member.getValue());
            switch (member.getKey()) {
                case "state" -> {}
                case "brightness" -> {
                    if (!off && !value.equals(String.valueOf(FULL_BRIGHTNESS))) {
                        parts.add(value + "%");
                    }
                }
                case "temperature" -> parts.add(value + " °C");
                case "humidity", "battery", "position" -> parts.add(member.getKey() + " " + value + "%");
                default -> parts.add(member.getKey().replace('_', ' ') + " " + value);
            }
        }
        return parts.isEmpty() ? "unknown" : String.join(", ", parts);
    }

    private static String word(JsonValue value) {
        return switch (value) {
            case JsonString string -> string.value();
            case JsonBool bool -> bool.value() ? "on" : "off";
            case JsonNumber number -> number(number.text());
            default -> flat(value);
        };
    }

    // As people write it: no exponent where it can be avoided, no zeros at the end.
    private static String number(String text) {
        JsonValue value = value(text);
        String shown = value instanceof JsonString string ? string.value() : value.toString();
        try {
            BigDecimal exact = new BigDecimal(shown);
            BigDecimal rounded = exact.scale() > 0 && exact.precision() > DIGITS
                    ? exact.round(new MathContext(DIGITS)).stripTrailingZeros()
                    : exact;
            boolean small = rounded.scale() < 40 && rounded.scale() > -40;
            return !small ? rounded.toString() : rounded.signum() == 0 ? "0" : stripped(rounded);
        } catch (NumberFormatException e) {
            return shown;
        }
    }

    private static String stripped(BigDecimal value) {
        return (value.scale() > 0 ? value.stripTrailingZeros() : value).toPlainString();
    }

    private static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_FOR_MODEL
                ? line
                : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, LONGEST_FOR_MODEL)));
    }

    // The agent tells a model so in its last round; this one gets no functions then, which says the same.
    private static String withoutHint(String text) {
        int hint = text.lastIndexOf("\n\n(");
        return hint > 0 && text.endsWith(")") ? text.substring(0, hint) : text;
    }

    private static List<JsonObject> objects(JsonObject answer, String member) {
        Optional<JsonValue> array = answer.get(member);
        return array.filter(JsonArray.class::isInstance)
                .map(found -> ((JsonArray) found)
                        .elements().stream()
                                .filter(JsonObject.class::isInstance)
                                .map(JsonObject.class::cast)
                                .toList())
                .orElse(List.of());
    }

    private static JsonValue value(String text) {
        try {
            return Json.parse(text);
        } catch (JsonException e) {
            return new JsonString(text);
        }
    }

    static JsonObject object(String text) {
        return value(text) instanceof JsonObject object ? object : JsonObject.EMPTY;
    }
}
