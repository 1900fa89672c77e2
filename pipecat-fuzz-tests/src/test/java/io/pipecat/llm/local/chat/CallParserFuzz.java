package io.pipecat.llm.local.chat;

import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.fuzz.Input;
import java.util.List;
import java.util.Set;

/** What models of every family write: the same however it is cut, and no call of a function that is not there. */
public final class CallParserFuzz {
    private static final List<CallFormat> FORMATS =
            List.of(new HermesFormat(), new Llama3Format(), new MistralFormat(), new GenericFormat());

    private CallParserFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) {
        String written = Input.text(data);
        for (CallFormat format : FORMATS) {
            Input.check(
                    "the same for " + format.getClass().getSimpleName(),
                    read(format, written, written.length() + 1).equals(read(format, written, 1)));
        }
    }

    private static String read(CallFormat format, String written, int step) {
        ControlTokens tokens = new ControlTokens(Set.of(), List.of(), "", Set.of());
        ToolDialect dialect = new JsonDialect(ChatTemplates.chatMl(), format, tokens);
        StringBuilder seen = new StringBuilder();
        OutputParser parser = dialect.parser(LLMContext.of(new Message.User("?")), frame -> {
            switch (frame) {
                case LLMFrame.Text text -> seen.append(text.text());
                case ToolCall call ->
                    seen.append('\1').append(call.name()).append('\2').append(call.argumentsJson());
                default -> throw new AssertionError(frame);
            }
        });
        for (int at = 0; at < written.length(); ) {
            int end = Math.min(written.length(), at + step);
            // Whole characters, as a model's tokens are put together before.
            if (end < written.length() && Character.isLowSurrogate(written.charAt(end))) {
                end++;
            }
            parser.accept(written.substring(at, end));
            at = end;
        }
        parser.end();
        return seen.toString();
    }
}
