package io.pipecat.endpoint.wyoming;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.pipecat.agent.Conversation;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.LLMService;
import io.pipecat.testkit.node.TestNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DialoguesTest {
    private static final LLMService NOBODY = new LLMService() {
        @Override
        public LLMResponse process(LLMContext context, Consumer<? super LLMFrame> sink) {
            throw new AssertionError("nobody asks");
        }

        @Override
        public int contextTokens() {
            return 4096;
        }

        @Override
        public String description() {
            return "nobody";
        }

        @Override
        public void close() {}
    };

    private final AtomicReference<Instant> wall = new AtomicReference<>(TestNode.NOW);
    private final AtomicReference<Instant> steady = new AtomicReference<>(TestNode.NOW);

    private static Clock clock(AtomicReference<Instant> time) {
        InstantSource source = time::get;
        return source.withZone(ZoneOffset.UTC);
    }

    @Test
    void aConversationIsForgottenWhenNobodyTalksAndNotWhenTheClockIsSet() {
        TestNode node = TestNode.builder()
                .clock(clock(wall))
                .steadyClock(clock(steady))
                .llm(NOBODY)
                .build();
        try (Dialogues dialogues = new Dialogues(node, Duration.ofMinutes(10))) {
            Conversation first = dialogues.take("kitchen");
            dialogues.giveBack("kitchen");
            wall.set(TestNode.NOW.plus(Duration.ofHours(5)));
            assertSame(first, dialogues.take("kitchen"));
            dialogues.giveBack("kitchen");
            wall.set(TestNode.NOW.minus(Duration.ofHours(5)));
            steady.set(TestNode.NOW.plus(Duration.ofMinutes(11)));
            assertNotSame(first, dialogues.take("kitchen"));
        }
    }
}
