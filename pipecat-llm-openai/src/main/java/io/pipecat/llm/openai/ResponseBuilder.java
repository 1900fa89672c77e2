package io.pipecat.llm.openai;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.FinishReason;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.Usage;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes frames of chunks. Nothing is pushed before there is something to say, so that until then another instance can be asked. Tool
 * calls are pushed at the end, when no fragment can follow. Not thread-safe.
 */
final class ResponseBuilder {
    private final Consumer<? super LLMFrame> out;
    private final Set<String> usedIds;
    private final ToolCallAssembler calls = new ToolCallAssembler();
    private final Utf16.Guard textGuard = new Utf16.Guard();
    private final Utf16.Guard reasoningGuard = new Utf16.Guard();
    private final ThinkSplitter splitter =
            new ThinkSplitter(text -> push(new LLMFrame.Text(text)), text -> push(new LLMFrame.Reasoning(text)));
    private String model;
    private Usage usage = Usage.NONE;
    private Optional<String> finish = Optional.empty();
    private boolean done;
    private boolean started;
    private boolean spoken;

    /**
     * Makes a builder for one answer.
     *
     * @param model the model that was asked for; counts until the server names one
     * @param usedIds ids of the calls that the conversation already has
     * @param out takes the frames
     */
    ResponseBuilder(String model, Set<String> usedIds, Consumer<? super LLMFrame> out) {
        this.model = model;
        this.usedIds = usedIds;
        this.out = out;
    }

    /** Takes a chunk of a stream, or a whole answer that was not streamed. */
    void chunk(JsonObject chunk) throws BadAnswerException {
        chunk.string("model").filter(name -> !name.isBlank()).ifPresent(name -> model = name);
        usage(chunk);
        Optional<JsonObject> choice = chunk.array("choices")
                .flatMap(choices -> choices.objects()
                        .filter(c -> c.number("index").map(JsonNumber::toDouble).orElse(0.0) == 0)
                        .findFirst());
        if (choice.isEmpty()) {
            return;
        }
        Optional<ServerError> error = ServerError.in(choice.get());
        if (error.isPresent()) {
            throw new BadAnswerException(error.get());
        }
        Optional<JsonObject> delta =
                choice.get().object("delta").or(() -> choice.get().object("message"));
        if (delta.isPresent()) {
            delta(delta.get());
        }
        choice.get()
                .string("finish_reason")
                .filter(word -> !word.isBlank())
                .ifPresent(word -> finish = Optional.of(word));
        if (finish.filter("error"::equals).isPresent()) {
            throw new BadAnswerException("the finish reason \"error\" and nothing about it", null);
        }
    }

    private void delta(JsonObject delta) throws BadAnswerException {
        // Servers in transition send the same thought under both names.
        reasoning(delta.string("reasoning_content")
                .filter(text -> !text.isEmpty())
                .or(() -> delta.string("reasoning"))
                .orElse(""));
        Optional<JsonValue> content = delta.get("content");
        if (content.isPresent()) {
            content(content.get());
        }
        text(delta.string("refusal").orElse(""));
        for (JsonObject fragment :
                delta.array("tool_calls").orElse(JsonArray.EMPTY).objects().toList()) {
            calls.fragment(fragment);
        }
        Optional<JsonObject> legacy = delta.object("function_call");
        if (legacy.isPresent()) {
            calls.fragment(JsonObject.builder().put("function", legacy.get()).build());
        }
        spoken |= !calls.isEmpty();
    }

    private void content(JsonValue content) {
        switch (content) {
            case JsonString string -> text(string.value());
            case JsonArray parts ->
                parts.objects().forEach(part -> {
                    part.string("text").ifPresent(this::text);
                    part.array("thinking")
                            .ifPresent(thoughts -> thoughts.objects()
                                    .forEach(t -> t.string("text").ifPresent(this::reasoning)));
                });
            default -> {}
        }
    }

    private void text(String piece) {
        if (!piece.isEmpty()) {
            spoken = true;
            splitter.push(textGuard.push(piece));
        }
    }

    private void reasoning(String piece) {
        if (!piece.isEmpty()) {
            spoken = true;
            String whole = reasoningGuard.push(piece);
            if (!whole.isEmpty()) {
                push(new LLMFrame.Reasoning(whole));
            }
        }
    }

    private void usage(JsonObject chunk) {
        chunk.object("usage")
                .or(() -> chunk.object("x_groq").flatMap(groq -> groq.object("usage")))
                .ifPresent(u -> usage = new Usage(tokens(u, "prompt_tokens"), tokens(u, "completion_tokens")));
    }

    private static int tokens(JsonObject usage, String name) {
        return usage.number(name)
                .map(n -> (int) Math.clamp(n.toDouble(), 0, Integer.MAX_VALUE))
                .orElse(0);
    }

    /** Takes the server's word that nothing follows. */
    void done() {
        done = true;
    }

    boolean isDone() {
        return done;
    }

    /** Whether the model has said or thought anything yet, a piece of a tool call included. */
    boolean hasSpoken() {
        return spoken;
    }

    /** Whether the answer is complete, though usage may still follow. */
    boolean isComplete() {
        return done || finish.isPresent();
    }

    /** Pushes what was held back and the end. */
    void end() {
        String thought = reasoningGuard.flush();
        if (!thought.isEmpty()) {
            push(new LLMFrame.Reasoning(thought));
        }
        splitter.push(textGuard.flush());
        splitter.flush();
        calls.calls(usedIds).forEach(this::push);
        push(new LLMFrame.ResponseEnd(reason(), usage));
    }

    private FinishReason reason() {
        FinishReason said =
                switch (finish.map(word -> word.toLowerCase(Locale.ROOT)).orElse("")) {
                    case "stop", "eos", "eos_token", "end_turn", "stop_sequence" -> FinishReason.STOP;
                    case "tool_calls", "function_call", "tool_use" -> FinishReason.TOOL_CALLS;
                    case "length", "max_tokens", "model_length" -> FinishReason.LENGTH;
                    case "content_filter" -> FinishReason.CONTENT_FILTER;
                    default -> FinishReason.OTHER;
                };
        // Several servers say "stop" after a tool call, and some say "tool_calls" after none.
        return switch (said) {
            case STOP, OTHER -> calls.isEmpty() ? said : FinishReason.TOOL_CALLS;
            case TOOL_CALLS -> calls.isEmpty() ? FinishReason.STOP : said;
            case LENGTH, CONTENT_FILTER -> said;
        };
    }

    private void push(LLMFrame frame) {
        if (!started) {
            started = true;
            out.accept(new LLMFrame.ResponseStart(model));
        }
        out.accept(frame);
    }
}
