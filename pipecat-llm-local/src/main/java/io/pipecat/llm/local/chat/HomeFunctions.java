package io.pipecat.llm.local.chat;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.FunctionSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the built-in model is told of the functions on offer, a line each. Those of its own world come first and always; of the others
 * the few whose words, or words for the same matter, are in the request, since a list that filled its window would leave no room for what was said.
 */
final class HomeFunctions {
    static final String CALCULATE = "calculator__evaluate";
    static final String CLOCK = "clock__now";
    static final String QUERY = "world_model__query";
    static final String COMMAND = "world_model__command";

    // As in training (training/dialogues.py).
    private static final Map<String, String> OWN = Map.of(
            CALCULATE, "(expression)",
            CLOCK, "(zone)",
            QUERY, "(target)",
            COMMAND, "(target, state)");
    private static final List<String> ORDER = List.of(CALCULATE, CLOCK, QUERY, COMMAND);
    private static final String NONE = "No tools.";
    private static final int MOST_OTHERS = 3;
    private static final int MOST_PARAMETERS = 2;
    private static final int SHORTEST_CLAUSE = 8;
    private static final int LONGEST_DESCRIPTION = 70;

    private static final Pattern CLAUSE = Pattern.compile("[.,;:(]");
    private static final Set<String> SIMPLE = Set.of("string", "integer", "number", "boolean");

    private HomeFunctions() {}

    static boolean isOwn(String name) {
        return OWN.containsKey(name);
    }

    static boolean isOffered(String name, List<FunctionSpec> offered) {
        return find(name, offered).isPresent();
    }

    static Optional<FunctionSpec> find(String name, List<FunctionSpec> offered) {
        return offered.stream().filter(f -> f.name().equals(name)).findFirst();
    }

    /** Writes the list for a request. */
    static String list(List<FunctionSpec> offered, String asked) {
        Stream<String> own =
                ORDER.stream().filter(name -> isOffered(name, offered)).map(name -> name + OWN.get(name));
        String lines = Stream.concat(own, others(offered, asked).stream().map(HomeFunctions::line))
                .collect(Collectors.joining("\n"));
        return lines.isEmpty() ? NONE : lines;
    }

    private static List<FunctionSpec> others(List<FunctionSpec> offered, String asked) {
        record Fit(FunctionSpec function, long words) {}
        return offered.stream()
                .filter(HomeFunctions::mayBeCalled)
                .map(f -> new Fit(f, ToolWords.fit(f, asked)))
                .filter(fit -> fit.words > 0)
                .sorted(Comparator.comparingLong((Fit fit) -> -fit.words))
                .limit(MOST_OTHERS)
                .map(Fit::function)
                .toList();
    }

    // One of its own tools has methods that it was not trained on and would take for those it knows.
    private static boolean mayBeCalled(FunctionSpec function) {
        return OWN.keySet().stream()
                        .noneMatch(own -> function.name().startsWith(own.substring(0, own.indexOf("__") + 2)))
                && required(function).size() <= MOST_PARAMETERS
                && simple(function, required(function));
    }

    /** Returns whether more of what was said fits another function on offer than this one, so that calling it would be a guess. */
    static boolean fitsLess(FunctionSpec function, List<FunctionSpec> offered, String asked) {
        long own = ToolWords.fit(function, asked);
        return offered.stream().filter(HomeFunctions::mayBeCalled).anyMatch(other -> ToolWords.fit(other, asked) > own);
    }

    private static String line(FunctionSpec function) {
        return function.name() + "(" + String.join(", ", required(function)) + "): " + description(function) + ".";
    }

    static List<String> required(FunctionSpec function) {
        return function.parameters()
                .get("required")
                .filter(JsonArray.class::isInstance)
                .map(names -> ((JsonArray) names)
                        .elements().stream()
                                .filter(JsonString.class::isInstance)
                                .map(name -> ((JsonString) name).value())
                                .toList())
                .orElse(List.of());
    }

    static String type(FunctionSpec function, String parameter) {
        JsonObject properties = function.parameters().object("properties").orElse(JsonObject.EMPTY);
        return properties
                .get(parameter)
                .filter(JsonObject.class::isInstance)
                .flatMap(schema -> ((JsonObject) schema).string("type"))
                .orElse("");
    }

    static boolean takes(FunctionSpec function, String parameter) {
        Optional<JsonValue> schema = function.parameters()
                .object("properties")
                .orElse(JsonObject.EMPTY)
                .get(parameter);
        return schema.isPresent();
    }

    private static boolean simple(FunctionSpec function, List<String> parameters) {
        return parameters.stream().allMatch(parameter -> SIMPLE.contains(type(function, parameter)));
    }

    // The first clause says what a function does; what follows would be read as more words to match.
    static String description(FunctionSpec function) {
        String all = function.description().strip().replaceAll("\\s+", " ");
        int end = CLAUSE.matcher(all)
                .results()
                .mapToInt(found -> found.start())
                .filter(at -> at >= SHORTEST_CLAUSE)
                .findFirst()
                .orElse(all.length());
        String clause = all.substring(0, end).strip();
        if (clause.length() <= LONGEST_DESCRIPTION) {
            return clause;
        }
        int space = clause.lastIndexOf(' ', LONGEST_DESCRIPTION);
        return clause.substring(0, space > 0 ? space : LONGEST_DESCRIPTION);
    }
}
