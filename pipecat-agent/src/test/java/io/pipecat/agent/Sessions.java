package io.pipecat.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What the tests of conversations share. */
final class Sessions {
    private Sessions() {}

    /** Keeps frames; a test can wait for one. */
    static final class Frames implements Consumer<TurnFrame> {
        final List<TurnFrame> all = new ArrayList<>();
        private final BlockingQueue<TurnFrame> seen = new LinkedBlockingQueue<>();

        @Override
        public synchronized void accept(TurnFrame frame) {
            all.add(frame);
            seen.add(frame);
        }

        synchronized <T extends TurnFrame> List<T> of(Class<T> type) {
            return all.stream().filter(type::isInstance).map(type::cast).toList();
        }

        /** Waits for the next frame of a type; those before it are passed over. */
        <T extends TurnFrame> T await(Class<T> type) throws InterruptedException {
            while (true) {
                TurnFrame frame = seen.poll(20, TimeUnit.SECONDS);
                assertNotNull(frame, "no " + type.getSimpleName() + " came");
                if (type.isInstance(frame)) {
                    return type.cast(frame);
                }
            }
        }

        String text() {
            StringBuilder text = new StringBuilder();
            of(TurnFrame.Text.class).forEach(piece -> text.append(piece.text()));
            return text.toString();
        }
    }

    /** Something that runs on a thread of its own. */
    record Running<T>(Thread thread, CompletableFuture<T> outcome) {
        T get() throws Exception {
            return outcome.get(20, TimeUnit.SECONDS);
        }
    }

    static <T> Running<T> start(boolean virtual, Callable<T> body) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        Thread.Builder builder =
                virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
        Thread thread = builder.start(() -> {
            try {
                outcome.complete(body.call());
            } catch (Throwable t) {
                outcome.completeExceptionally(t);
            }
        });
        return new Running<>(thread, outcome);
    }

    /** Asserts that every call is followed by its result and no result stands elsewhere. */
    static void assertConsistent(List<Message> messages) {
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i) instanceof Message.Assistant assistant) {
                for (ToolCall call : assistant.toolCalls()) {
                    i++;
                    assertEquals(
                            call.id(),
                            i < messages.size() && messages.get(i) instanceof Message.ToolResult result
                                    ? result.callId()
                                    : "nothing",
                            () -> "half a pair in " + messages);
                }
            } else if (messages.get(i) instanceof Message.ToolResult stray) {
                throw new AssertionError("a result without its call: " + stray + " in " + messages);
            }
        }
    }

    static List<String> results(List<Message> messages) {
        return messages.stream()
                .filter(Message.ToolResult.class::isInstance)
                .map(Message::text)
                .toList();
    }
}
