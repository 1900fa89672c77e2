package io.pipecat.worldmodel.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.NodeEvent;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.testkit.node.TestNode;
import io.pipecat.worldmodel.state.TopicTree;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateWriterTest {
    @TempDir
    private Path dir;

    private final AtomicReference<TopicTree> tree = new AtomicReference<>(TopicTree.EMPTY);
    private final BlockingQueue<NodeEvent> events = new LinkedBlockingQueue<>();

    private StateFile open() throws Exception {
        return StateFile.open(dir, TestNode.NOW).file().orElseThrow();
    }

    private StateWriter writer(StateFile file) {
        return new StateWriter(file, dir, Duration.ofMillis(50), Clock.systemUTC(), tree::get, events::add);
    }

    private void put(StateWriter writer, String topic, int value) {
        tree.updateAndGet(before -> before.with(topic, JsonNumber.of(value)));
        writer.changed(topic);
    }

    private String kept() throws Exception {
        StateFile.Opened opened = StateFile.open(dir, TestNode.NOW);
        opened.file().orElseThrow().close();
        return opened.kept().toJson().toString();
    }

    @Test
    void writesWhatIsLeftWhenItEnds() throws Exception {
        try (StateWriter writer = writer(open())) {
            put(writer, "a", 1);
            put(writer, "b", 2);
            tree.updateAndGet(before -> before.without("a"));
            writer.changed("a");
        }
        assertEquals("{\"b\":2}", kept());
    }

    @Test
    void anInterruptDoesNotLoseWhatIsLeft() throws Exception {
        StateWriter writer = writer(open());
        put(writer, "a", 1);
        Thread.currentThread().interrupt();
        writer.close();
        assertTrue(Thread.interrupted());
        assertEquals("{\"a\":1}", kept());
    }

    @Test
    void aDiskThatFailsLosesNothingOnceItWorksAgain() throws Exception {
        StateFile file = open();
        // What was written before, and must not be left behind.
        file.write(List.of(new StateFile.Entry("gone", Optional.of(JsonNumber.of(0)))));
        try (StateWriter writer = writer(file)) {
            put(writer, "a", 1);
            // What the store itself does when it cannot write.
            file.abandon();
            put(writer, "b", 2);
            NodeEvent event = events.poll(30, TimeUnit.SECONDS);
            assertTrue(event instanceof NodeEvent.Degraded && event.message().contains(dir.toString()), "" + event);
            put(writer, "c", 3);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (writer.isFailing() && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertFalse(writer.isFailing());
        }
        assertEquals("{\"a\":1,\"b\":2,\"c\":3}", kept());
        assertTrue(events.isEmpty());
    }
}
