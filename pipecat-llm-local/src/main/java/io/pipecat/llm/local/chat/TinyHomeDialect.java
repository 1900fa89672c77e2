package io.pipecat.llm.local.chat;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.Message;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.llm.local.chat.TinyHomeTools.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/**
 * Speaks to the built-in model, which has 1.4 million parameters and knows the form of its training and nothing else: ChatML, one short
 * system prompt or none, no list of functions, three functions of fixed names. Everything longer or newer breaks it, so this dialect
 * replaces the system prompt, leaves out the list, translates the functions and shows the model only the last few exchanges; of what it
 * is not shown it would make nothing anyway. Nothing here makes it cleverer than it is.
 */
final class TinyHomeDialect implements ToolDialect {
    // The length of its training rows: beyond it the quality falls long before its context of 512 is full.
    private static final int TRAINED_TOKENS = 256;
    // It copies eight digits without a slip, and runs on for ever from about thirteen.
    private static final int COPIED_CHARACTERS = 8;
    private static final Pattern MARKER_NAME = Pattern.compile("</?tool_call>");

    private final ChatTemplate template = ChatTemplates.chatMl();
    private final ControlTokens tokens;
    private final int contextLength;

    TinyHomeDialect(ControlTokens tokens, int contextLength) {
        this.tokens = tokens;
        this.contextLength = contextLength;
    }

    @Override
    public String prompt(LLMContext context, TokenRoom room) {
        int trained = Math.min(room.tokens(), Math.min(contextLength, TRAINED_TOKENS));
        return history(context).prompt(new TokenRoom(trained, room.counter()));
    }

    @Override
    public int countTokens(LLMContext context, ToIntFunction<String> counter) {
        return history(context).countTokens(counter);
    }

    private TinyHomeHistory history(LLMContext context) {
        return new TinyHomeHistory(context, template, tokens);
    }

    @Override
    public Optional<String> ready(LLMContext context) {
        return calculated(context)
                .filter(answer -> answer.value().length() > COPIED_CHARACTERS)
                .map(Calculated::sentence);
    }

    /** A sum and its result, where the model is to say it now. */
    private record Calculated(String expression, String value) {
        // The model's own form.
        String sentence() {
            return expression + " = " + value + ".";
        }
    }

    private static Optional<Calculated> calculated(LLMContext context) {
        List<Message> messages = context.messages();
        if (messages.isEmpty()
                || !(messages.getLast() instanceof Message.ToolResult result)
                || !result.name().equals(TinyHomeTools.CALCULATE)) {
            return Optional.empty();
        }
        Optional<String> value = TinyHomeHistory.mapped(result).string("result");
        Optional<String> expression = messages.stream()
                .filter(Message.Assistant.class::isInstance)
                .flatMap(message -> ((Message.Assistant) message).toolCalls().stream())
                .filter(call -> call.id().equals(result.callId()))
                .findFirst()
                .map(TinyHomeTools::expression);
        return value.flatMap(v -> expression.map(e -> new Calculated(e, v)));
    }

    @Override
    public OutputParser parser(LLMContext context, Consumer<? super LLMFrame> out) {
        Optional<Calculated> calculated = calculated(context);
        if (calculated.isEmpty()) {
            return new CallParser(new HermesFormat().syntax(), new Translator(context, out));
        }
        return new ResultCheck(calculated.get(), out);
    }

    /** Shows what the model says of a result only if the result is in it. */
    private static final class ResultCheck implements OutputParser {
        private final Calculated calculated;
        private final Consumer<? super LLMFrame> out;
        private final StringBuilder text = new StringBuilder();

        ResultCheck(Calculated calculated, Consumer<? super LLMFrame> out) {
            this.calculated = calculated;
            this.out = out;
        }

        @Override
        public void accept(String piece) {
            text.append(piece);
        }

        @Override
        public void end() {
            String said = MARKER_NAME.matcher(text).replaceAll("").strip();
            boolean right = said.endsWith(" = " + calculated.value() + ".");
            out.accept(new LLMFrame.Text(right ? said : calculated.sentence()));
        }
    }

    private record Translator(LLMContext context, Consumer<? super LLMFrame> out, CallJson ids)
            implements CallParser.Handler {
        Translator(LLMContext context, Consumer<? super LLMFrame> out) {
            this(context, out, new CallJson(context));
        }

        @Override
        public void text(String text) {
            out.accept(new LLMFrame.Text(text));
        }

        @Override
        public boolean call(String body, boolean certain) {
            switch (outcome(body)) {
                case Outcome.Call call -> out.accept(call.call());
                case Outcome.Say say -> out.accept(new LLMFrame.Text(say.sentence()));
            }
            return true;
        }

        private Outcome outcome(String body) {
            try {
                JsonObject call = Json.parseObject(body.strip());
                return TinyHomeTools.toNode(
                        call.string("name").orElse(""),
                        call.object("arguments").orElse(JsonObject.EMPTY),
                        context.functions(),
                        lastAsked(context.messages()),
                        ids::nextId);
            } catch (JsonException e) {
                return new Outcome.Say("Sorry, I did not understand that.");
            }
        }

        private static String lastAsked(List<Message> messages) {
            return messages.reversed().stream()
                    .filter(Message.User.class::isInstance)
                    .map(Message::text)
                    .findFirst()
                    .orElse("");
        }
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
