package io.pipecat.llm.local.chat;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.FunctionSpec;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.llm.local.chat.CopyGuard.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what the built-in model says to a request: text at once, calls at the end, and only those that agree with the request. */
final class HomeCalls implements OutputParser, CallParser.Handler {
    private static final Pattern JOINT = Pattern.compile(
            "(?<![0-9])[.,;?!]|[.,;?!](?![0-9])|\\b(?:and|then|also|but|plus(?= (?:what|how|calc|tell|can|could|work)))\\b");

    // The lamp and lamp 2 are two.
    private static final Pattern ROW = Pattern.compile("\\b(?:and|both|plus)\\b|&");
    private static final Pattern SETTING = Pattern.compile(
            "\\b(?:set|turn|dim|put|make|adjust|change|raise|lower|heat|cool)\\b", Pattern.CASE_INSENSITIVE);
    private static final int MOST_JOINTS = 20;
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(?:[.][0-9]+)?");

    private record Written(String name, JsonObject arguments) {}

    private final LLMContext context;
    private final Consumer<? super LLMFrame> out;
    private final CallParser parser = new CallParser(new HermesFormat().syntax(), this);
    private final List<Written> calls = new ArrayList<>();
    private final Map<Written, Verdict> verdicts = new HashMap<>();
    private final Optional<String> sum;
    private final StringBuilder held = new StringBuilder();
    private boolean malformed;
    private boolean spoke;
    private boolean over;

    HomeCalls(LLMContext context, Consumer<? super LLMFrame> out) {
        this.context = context;
        this.out = out;
        this.sum = onlySum(context);
    }

    // What is a sum and nothing else is calculated, whatever the model makes of it.
    private static Optional<String> onlySum(LLMContext context) {
        String asked = HomeHistory.lastAsked(context.messages());
        return HomeFunctions.find(HomeFunctions.CALCULATE, context.functions())
                .flatMap(function -> HomeHistory.lastResult(context.messages())
                        .flatMap(result -> SumStep.whole(asked, result))
                        .or(() -> Optional.of(asked)))
                .flatMap(SumGuard::only);
    }

    @Override
    public void accept(String piece) {
        parser.accept(piece);
    }

    @Override
    public void text(String text) {
        if (sum.isPresent() && !over) {
            held.append(text);
            return;
        }
        spoke = true;
        out.accept(new LLMFrame.Text(text));
    }

    @Override
    public boolean call(String body, boolean certain) {
        try {
            JsonObject call = Json.parseObject(body.strip());
            calls.add(new Written(
                    call.string("name").orElse(""), call.object("arguments").orElse(JsonObject.EMPTY)));
        } catch (JsonException e) {
            malformed = true;
        }
        return true;
    }

    @Override
    public boolean refuses() {
        readAll();
        return sum.isEmpty()
                && !spoke
                && (malformed || calls.stream().anyMatch(call -> verdict(call) instanceof Verdict.Refuse));
    }

    private void readAll() {
        if (!over) {
            parser.end();
            over = true;
        }
    }

    @Override
    public void end() {
        readAll();
        CallJson ids = new CallJson(context);
        if (sum.isPresent()
                && calls.stream()
                        .filter(call -> call.name.equals(HomeFunctions.CALCULATE))
                        .noneMatch(call -> check(call) instanceof Verdict.Pass)) {
            out.accept(new ToolCall(
                    ids.nextId(),
                    HomeFunctions.CALCULATE,
                    JsonObject.of("expression", sum.get()).toString()));
            return;
        }
        if (!held.isEmpty()) {
            text(held.toString());
        }
        // A story that was understood in part is not understood.
        Optional<Verdict> refusedSum = calls.stream()
                .filter(call -> call.name.equals(HomeFunctions.CALCULATE))
                .map(this::check)
                .filter(Verdict.Refuse.class::isInstance)
                .findFirst();
        Set<String> refused = new LinkedHashSet<>();
        for (Written call : new LinkedHashSet<>(calls)) {
            if (isPartOfAnother(call) || isOfTheSum(call)) {
                continue;
            }
            switch (call.name.equals(HomeFunctions.CALCULATE)
                    ? refusedSum.orElseGet(() -> check(call))
                    : verdict(call)) {
                case Verdict.Pass pass ->
                    out.accept(new ToolCall(
                            ids.nextId(), call.name, pass.arguments().toString()));
                case Verdict.Refuse refuse -> refused.add(refuse.sentence());
            }
        }
        if (!refused.isEmpty()) {
            text(String.join("\n", refused));
        }
        if (malformed) {
            text("Sorry, I did not understand that.");
        }
    }

    // It should be dark in the playroom, turn the playroom lights off: that is one wish.
    private boolean isPartOfAnother(Written call) {
        String target = call.arguments.string("target").orElse("");
        return !target.isEmpty()
                && calls.stream()
                        .filter(other -> other.name.equals(call.name))
                        .filter(other -> !other.equals(call) && check(other) instanceof Verdict.Pass)
                        .filter(other -> without(other.arguments).equals(without(call.arguments)))
                        .anyMatch(other -> other.arguments
                                .string("target")
                                .orElse("")
                                .toLowerCase(Locale.ROOT)
                                .startsWith(target.toLowerCase(Locale.ROOT) + " "))
                && !ROW.matcher(HomeHistory.lastAsked(context.messages())).find();
    }

    private static Map<String, JsonValue> without(JsonObject arguments) {
        Map<String, JsonValue> others = new HashMap<>(arguments.members());
        others.remove("target");
        return others;
    }

    // Of a story with a sum in it that was not understood, a device or the time would be another thing.
    private Verdict verdict(Written call) {
        String asked = HomeHistory.lastAsked(context.messages());
        boolean summed = calls.stream().anyMatch(other -> other.name.equals(HomeFunctions.CALCULATE));
        boolean story = !call.name.equals(HomeFunctions.CALCULATE)
                && HomeFunctions.isOwn(call.name)
                && (WishGuard.isStory(asked) || (summed && WishGuard.isOnlyCounting(asked)))
                && calculated().findAny().isEmpty();
        return story ? new Verdict.Refuse(WishGuard.OUTSIDE) : check(call);
    }

    // Had 200 in the bank, spent 45: no device called bank is to be set to 200.
    private boolean isOfTheSum(Written call) {
        String asked = HomeHistory.lastAsked(context.messages());
        List<String> own = numbers(call.arguments.string("state").orElse("")).toList();
        List<String> said = numbers(asked).toList();
        return call.name.equals(HomeFunctions.COMMAND)
                && !own.isEmpty()
                && !SETTING.matcher(asked).find()
                && own.stream().allMatch(number -> Collections.frequency(said, number) == 1)
                && calculated()
                        .anyMatch(sum ->
                                numbers(sum.arguments().toString()).toList().containsAll(own));
    }

    private Stream<Verdict.Pass> calculated() {
        return calls.stream()
                .filter(call -> call.name.equals(HomeFunctions.CALCULATE))
                .map(this::check)
                .filter(Verdict.Pass.class::isInstance)
                .map(Verdict.Pass.class::cast);
    }

    private Verdict check(Written call) {
        Verdict known = verdicts.get(call);
        if (known == null) {
            known = judged(call);
            verdicts.put(call, known);
        }
        return known;
    }

    private Verdict judged(Written call) {
        Optional<FunctionSpec> function = HomeFunctions.find(call.name, context.functions());
        if (function.isEmpty()) {
            return new Verdict.Refuse("Sorry, I have no tool for that.");
        }
        List<Message> messages = context.messages();
        String asked = HomeHistory.lastAsked(messages);
        if (!HomeFunctions.isOwn(call.name)
                && Set.copyOf(calls).size() == 1
                && HomeFunctions.fitsLess(
                        function.get(), context.functions(), ToolGuard.around(call.arguments, asked))) {
            return new Verdict.Refuse(WishGuard.OUTSIDE);
        }
        String before = HomeHistory.before(messages);
        Optional<String> step = call.name.equals(HomeFunctions.CALCULATE) && calls.size() == 1
                ? HomeHistory.lastResult(messages).flatMap(result -> SumStep.whole(asked, result))
                : Optional.empty();
        Optional<Verdict> onward = step.map(words -> CopyGuard.check(function.get(), call.arguments, words, before));
        if (onward.filter(Verdict.Pass.class::isInstance).isPresent() || (step.isPresent() && SumStep.leadsOn(asked))) {
            return onward.get();
        }
        Verdict whole = CopyGuard.check(function.get(), call.arguments, asked, before);
        boolean sums = calls.stream().allMatch(other -> other.name.equals(HomeFunctions.CALCULATE));
        if (calls.size() == 1 || !call.name.equals(HomeFunctions.CALCULATE) || whole instanceof Verdict.Pass) {
            return whole;
        }
        // A part of a story would be another story.
        boolean story = !sums && WishGuard.isStory(asked);
        // One of several requests in a breath: a sum agrees with its own part of it, if the other calls have what is
        // left.
        List<String> used = calls.stream()
                .filter(other -> !other.equals(call))
                // A number in a call that is refused was meant for the sum, more likely.
                .filter(other -> other.name.equals(HomeFunctions.CALCULATE) || check(other) instanceof Verdict.Pass)
                .flatMap(other -> numbers(other.arguments.toString()))
                .toList();
        return parts(asked)
                .filter(part -> numbers(part.outside()).allMatch(used::contains))
                .filter(part -> !story || SumGuard.isSum(part.inside()))
                .map(part -> CopyGuard.check(function.get(), call.arguments, part.inside(), before))
                .filter(Verdict.Pass.class::isInstance)
                .findFirst()
                .orElse(whole);
    }

    private static Stream<String> numbers(String text) {
        return NUMBER.matcher(SpokenNumbers.inFigures(text)).results().map(MatchResult::group);
    }

    private record Part(String inside, String outside) {}

    /** Everything between any two joints. */
    private static Stream<Part> parts(String asked) {
        List<Integer> starts = new ArrayList<>(List.of(0));
        List<Integer> ends = new ArrayList<>();
        JOINT.matcher(asked).results().forEach(joint -> {
            ends.add(joint.start());
            starts.add(joint.end());
        });
        ends.add(asked.length());
        if (starts.size() > MOST_JOINTS) {
            return Stream.empty();
        }
        return starts.stream()
                .flatMap(from -> ends.stream()
                        .filter(to -> to > from && to - from < asked.length())
                        .map(to -> new Part(
                                asked.substring(from, to), asked.substring(0, from) + " " + asked.substring(to))));
    }
}
