package io.pipecat.endpoint.openai;

import io.pipecat.agent.AgentSettings;
import io.pipecat.agent.Conversation;
import io.pipecat.agent.ConversationOptions;
import io.pipecat.agent.Outcome;
import io.pipecat.agent.TurnFrame;
import io.pipecat.agent.TurnResult;
import io.pipecat.api.NodeContext;
import io.pipecat.api.llm.FinishReason;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.Message;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers requests: by the bare model, or by the whole agent, whose tools run on this node. */
final class Answers {
    private final NodeContext context;

    Answers(NodeContext context) {
        this.context = context;
    }

    /** What can be said of a request before it waits for its turn. */
    void check(ChatRequest request) throws ApiError {
        if (!request.isForAgent()) {
            return;
        }
        if (!request.functions().isEmpty()) {
            throw ApiError.unsupported(
                    "tools",
                    "The model \"" + ChatRequest.AGENT
                            + "\" is the whole agent, which calls the tools of its node. Leave out"
                            + " tools, or ask for the bare model by any other name.");
        }
        if (!(request.messages().getLast() instanceof Message.User)) {
            throw ApiError.invalid(
                    "messages", "The last message to the model \"" + ChatRequest.AGENT + "\" must be the user's.");
        }
    }

    LLMResponse answer(ChatRequest request, Consumer<? super LLMFrame> sink) throws LLMException, InterruptedException {
        return request.isForAgent()
                ? agent(request, sink)
                : context.llm()
                        .process(new LLMContext(request.messages(), request.functions(), request.options()), sink);
    }

    /** Nobody can be asked over this API, so what would need approval is denied and the model told so. */
    private LLMResponse agent(ChatRequest request, Consumer<? super LLMFrame> sink)
            throws LLMException, InterruptedException {
        List<Message> before = request.messages().subList(0, request.messages().size() - 1);
        String instructions = Stream.concat(
                        Stream.of(context.settings().get(AgentSettings.SYSTEM_PROMPT)),
                        before.stream()
                                .filter(Message.SystemPrompt.class::isInstance)
                                .map(Message::text))
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining("\n\n"));
        Conversation.Builder builder = Conversation.builder(context)
                .systemPrompt(instructions)
                .options(ConversationOptions.from(context.settings()).withGeneration(request.options()))
                .history(before.stream()
                        .filter(message -> !(message instanceof Message.SystemPrompt))
                        .toList());
        try (Conversation conversation = builder.build()) {
            // The whole answer is what the streamed one is: what was said before a tool ran belongs to it.
            LLMResponse.Collector out = new LLMResponse.Collector(sink);
            out.accept(new LLMFrame.ResponseStart(ChatRequest.AGENT));
            TurnResult result = conversation.send(request.messages().getLast().text(), new Spoken(out));
            FinishReason reason = result.outcome() == Outcome.LENGTH ? FinishReason.LENGTH : FinishReason.STOP;
            out.accept(new LLMFrame.ResponseEnd(reason, result.usage()));
            return out.response();
        }
    }

    /** What the agent says in a turn, as one answer: a paragraph for each time that it speaks again after its tools. */
    private static final class Spoken implements Consumer<TurnFrame> {
        private final Consumer<? super LLMFrame> sink;
        private boolean spoke;
        private boolean interjected;

        Spoken(Consumer<? super LLMFrame> sink) {
            this.sink = sink;
        }

        @Override
        public void accept(TurnFrame frame) {
            switch (frame) {
                case TurnFrame.Text text -> {
                    if (interjected) {
                        sink.accept(new LLMFrame.Text("\n\n"));
                        interjected = false;
                    }
                    spoke = true;
                    sink.accept(new LLMFrame.Text(text.text()));
                }
                case TurnFrame.Reasoning thought -> sink.accept(new LLMFrame.Reasoning(thought.text()));
                // What the tools do is the node's own business here: a client would take it for calls that it should
                // make.
                case TurnFrame.ToolStarted f -> interjected = spoke;
                case TurnFrame.TurnStart f -> {}
                case TurnFrame.ToolProgress f -> {}
                case TurnFrame.ToolFinished f -> {}
                case TurnFrame.Notice f -> {}
                case TurnFrame.TurnEnd f -> {}
            }
        }
    }

    /** The bare model's own name, without where it runs. */
    String modelName() {
        return context.settings().find(OpenAIEndpointSettings.SERVED_NAME).orElseGet(() -> {
            String name = context.llm()
                    .description()
                    .replaceFirst(" \\(in process\\)$", "")
                    .replaceFirst(" at .*", "");
            return name.equals(ChatRequest.AGENT) ? "model" : name;
        });
    }
}
