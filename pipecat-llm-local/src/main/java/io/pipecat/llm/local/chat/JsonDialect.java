package io.pipecat.llm.local.chat;

import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.llm.local.chat.Turn.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Every dialect that tells the model of the functions in the prompt and gets calls as JSON. */
final class JsonDialect implements ToolDialect {
    private final ChatTemplate template;
    private final CallFormat format;
    private final ControlTokens tokens;
    private final Set<String> read;

    JsonDialect(ChatTemplate template, CallFormat format, ControlTokens tokens) {
        this.template = template;
        this.format = format;
        this.tokens = tokens;
        this.read = new HashSet<>();
        format.syntax().brackets().forEach(bracket -> {
            read.add(bracket.open());
            read.add(bracket.close());
        });
    }

    @Override
    public String prompt(LLMContext context, TokenRoom room) {
        return template.render(turns(context));
    }

    List<Turn> turns(LLMContext context) {
        List<Turn> turns = new ArrayList<>();
        List<Message> messages = context.messages();
        int first = 0;
        String system = "";
        if (!messages.isEmpty() && messages.getFirst() instanceof Message.SystemPrompt prompt) {
            system = tokens.neutralise(prompt.text());
            first = 1;
        }
        if (!context.functions().isEmpty()) {
            turns.addAll(format.head(system, context.functions(), tokens::neutralise));
        } else if (!system.isEmpty()) {
            turns.add(new Turn(Role.SYSTEM, system));
        }
        List<Message.ToolResult> results = new ArrayList<>();
        for (Message message : messages.subList(first, messages.size())) {
            if (message instanceof Message.ToolResult result) {
                results.add(result);
                continue;
            }
            flush(results, turns);
            turns.add(turn(message));
        }
        flush(results, turns);
        return turns;
    }

    private void flush(List<Message.ToolResult> results, List<Turn> turns) {
        if (!results.isEmpty()) {
            turns.addAll(format.results(List.copyOf(results), tokens::neutralise));
            results.clear();
        }
    }

    private Turn turn(Message message) {
        String text = tokens.neutralise(message.text());
        return switch (message) {
            case Message.SystemPrompt ignored -> new Turn(Role.SYSTEM, text);
            case Message.User ignored -> new Turn(Role.USER, text);
            case Message.Assistant assistant
            when !assistant.toolCalls().isEmpty() -> {
                String calls = format.calls(assistant.toolCalls(), tokens::neutralise);
                yield new Turn(Role.ASSISTANT, text.isEmpty() ? calls : text + "\n" + calls);
            }
            case Message.Assistant ignored -> new Turn(Role.ASSISTANT, text);
            case Message.ToolResult ignored -> throw new IllegalStateException("results are written together");
        };
    }

    @Override
    public OutputParser parser(LLMContext context, Consumer<? super LLMFrame> out) {
        CallJson json = new CallJson(context);
        // Without functions JSON is an answer like any other.
        CallSyntax syntax = context.functions().isEmpty()
                ? new CallSyntax(
                        format.syntax().brackets().stream()
                                .filter(CallSyntax.Bracket::certain)
                                .toList(),
                        List.of())
                : format.syntax();
        return new CallParser(syntax, new CallParser.Handler() {
            @Override
            public void text(String text) {
                out.accept(new LLMFrame.Text(text));
            }

            @Override
            public boolean call(String body, boolean certain) {
                List<ToolCall> calls = certain ? json.read(body) : json.readIfCall(body);
                calls.forEach(out);
                return !calls.isEmpty();
            }
        });
    }

    @Override
    public ControlTokens tokens() {
        return tokens;
    }

    @Override
    public Set<String> stops() {
        String end = template.end();
        return end.isEmpty() || tokens.isControl(end) ? Set.of() : Set.of(end);
    }

    @Override
    public boolean reads(String token) {
        return read.contains(token);
    }

    @Override
    public boolean corrects() {
        return true;
    }
}
