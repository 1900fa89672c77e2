package io.pipecat.llm.local.chat;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.Message;
import io.pipecat.llm.local.chat.HomeResults.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/**
 * Speaks to the built-in model, which has four million parameters and knows the form of its training and nothing else: ChatML, a system
 * prompt that is a list of functions, calls with texts as arguments, results of a few words. This dialect writes the list, shows the model
 * the last few exchanges, and lets through what it says only where that agrees with what was asked and with what the tools answered.
 */
final class HomeDialect implements ToolDialect {
    // Longer than anything it has to look back to, short enough to be read in a few milliseconds.
    private static final int WINDOW_TOKENS = 512;
    // It loses count in the digits of a longer one.
    private static final Pattern LONG_NUMBER = Pattern.compile("[0-9]{9,}");
    private static final Pattern MANNERS = Pattern.compile(
            "(?i)^(?:(?:please|hey|ok|okay|hi|hello|um|so|now|and|then|alright|thanks)\\b(?!-)[,! ]*)+|[,. ]*\\b(?:please|thanks|thank you|pls|for me|if you can)\\b[.!? ]*$|[.]+$");
    private static final Pattern MARKER_NAME = Pattern.compile("</?tool_call>");

    private final ChatTemplate template = ChatTemplates.chatMl();
    private final ControlTokens tokens;
    private final int contextLength;

    HomeDialect(ControlTokens tokens, int contextLength) {
        this.tokens = tokens;
        this.contextLength = contextLength;
    }

    @Override
    public String prompt(LLMContext context, TokenRoom room) {
        int window = Math.min(room.tokens(), Math.min(contextLength, WINDOW_TOKENS));
        return history(context).prompt(new TokenRoom(window, room.counter()));
    }

    @Override
    public int countTokens(LLMContext context, ToIntFunction<String> counter) {
        return history(context).countTokens(counter);
    }

    private HomeHistory history(LLMContext context) {
        return new HomeHistory(context, template, tokens);
    }

    @Override
    public Optional<String> ready(LLMContext context) {
        List<Result> results = results(context);
        boolean simple = results.stream()
                .allMatch(result ->
                        result.simple() && !LONG_NUMBER.matcher(result.shown()).find());
        return results.isEmpty() || simple
                ? Optional.empty()
                : Optional.of(
                        String.join("\n", results.stream().map(Result::sentence).toList()));
    }

    // The results that came last, where the model is to speak of them now.
    private static List<Result> results(LLMContext context) {
        List<Message> messages = context.messages();
        List<Result> found = new ArrayList<>();
        for (int i = messages.size() - 1; i >= 0 && messages.get(i) instanceof Message.ToolResult result; i--) {
            found.addFirst(HomeResults.of(result, arguments(messages, result.callId())));
        }
        return found;
    }

    private static JsonObject arguments(List<Message> messages, String callId) {
        return messages.stream()
                .filter(Message.Assistant.class::isInstance)
                .flatMap(message -> ((Message.Assistant) message).toolCalls().stream())
                .filter(call -> call.id().equals(callId))
                .findFirst()
                .map(HomeHistory::arguments)
                .orElse(JsonObject.EMPTY);
    }

    @Override
    public OutputParser parser(LLMContext context, Consumer<? super LLMFrame> out) {
        List<Result> results = results(context);
        return results.isEmpty()
                ? new HomeCalls(context, out)
                : new ResultCheck(results, HomeHistory.lastAsked(context.messages()), out);
    }

    /** Shows what the model says of results only if they are in it. */
    private record ResultCheck(List<Result> results, String asked, Consumer<? super LLMFrame> out, StringBuilder text)
            implements OutputParser {
        ResultCheck(List<Result> results, String asked, Consumer<? super LLMFrame> out) {
            this(results, asked, out, new StringBuilder());
        }

        @Override
        public void accept(String piece) {
            text.append(piece);
        }

        @Override
        public void end() {
            String said = MARKER_NAME.matcher(text).replaceAll("").strip();
            boolean right = !said.isEmpty() && factsAre(said) && digitsAre(said) && yesIsYes(said);
            String sentence = right
                    ? said
                    : String.join("\n", results.stream().map(Result::sentence).toList());
            out.accept(new LLMFrame.Text(sentence));
        }

        private boolean factsAre(String said) {
            String low = said.toLowerCase(Locale.ROOT);
            return results.stream()
                    .flatMap(result -> result.facts().stream())
                    .allMatch(fact -> low.contains(fact.toLowerCase(Locale.ROOT)));
        }

        // No number that neither the tools nor the person said.
        private boolean digitsAre(String said) {
            List<String> known = new ArrayList<>();
            results.forEach(result -> known.addAll(numbers(result.shown() + " " + result.sentence())));
            known.addAll(numbers(asked));
            return known.containsAll(numbers(said));
        }

        private static List<String> numbers(String text) {
            return Pattern.compile("[0-9]+")
                    .matcher(text)
                    .results()
                    .map(m -> m.group())
                    .toList();
        }

        private boolean yesIsYes(String said) {
            boolean yes = said.startsWith("Yes");
            if (!yes && !said.startsWith("No,")) {
                return true;
            }
            List<String> facts = results.getFirst().facts();
            String all = facts.size() > 1 ? facts.get(1) : "";
            String state = all.contains(",") ? all.substring(0, all.indexOf(',')) : all;
            boolean named = Pattern.compile("(?<!\\p{L})" + Pattern.quote(state) + "(?!\\p{L})")
                    .matcher(asked.toLowerCase(Locale.ROOT))
                    .find();
            return yes == named;
        }
    }

    @Override
    public Optional<LLMContext> again(LLMContext context) {
        if (context.messages().isEmpty() || !(context.messages().getLast() instanceof Message.User last)) {
            return Optional.empty();
        }
        // Alone and plainly: what was said before, capitals and manners are what leads it astray.
        String plain = HomeHistory.lastResult(context.messages())
                .filter(result -> SumStep.leadsOn(last.text()))
                .flatMap(result -> SumStep.whole(last.text(), result))
                .orElseGet(() ->
                        MANNERS.matcher(last.text().strip()).replaceAll("").strip());
        // It reads figures better than words; a lone number may be "this one".
        plain = SpokenNumbers.in(plain).size() > 1 ? SpokenNumbers.inFigures(plain) : plain;
        boolean other = !plain.isEmpty() && (context.messages().size() > 1 || !plain.equals(last.text()));
        return other
                ? Optional.of(new LLMContext(
                        List.of(new Message.User(plain.substring(0, 1).toLowerCase(Locale.ROOT) + plain.substring(1))),
                        context.functions(),
                        context.options()))
                : Optional.empty();
    }

    @Override
    public ControlTokens tokens() {
        return tokens;
    }

    @Override
    public boolean reads(String token) {
        return Set.of("<tool_call>", "</tool_call>").contains(token);
    }

    @Override
    public boolean corrects() {
        return false;
    }

    @Override
    public double temperature() {
        return 0;
    }
}
