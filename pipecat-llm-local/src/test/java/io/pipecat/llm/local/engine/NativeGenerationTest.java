package io.pipecat.llm.local.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NativeGenerationTest {
    private static final int LIMIT = 1_000_000;

    /** Writes as long as it may, and after three tokens waits for somebody to close the response. */
    private static final class Endless implements NativeGeneration.Tokens {
        private final AtomicInteger taken = new AtomicInteger();
        private final CountDownLatch writing = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);
        private volatile boolean cancelled;

        @Override
        public boolean hasNext() {
            return !cancelled && taken.get() < LIMIT;
        }

        @Override
        public String next() {
            if (taken.incrementAndGet() == 3) {
                writing.countDown();
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            return "0";
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    @Test
    void closingStopsTheModelAtItsNextToken() throws Exception {
        Endless model = new Endless();
        NativeGeneration generation = new NativeGeneration();
        CountDownLatch slot = new CountDownLatch(1);
        Thread.ofPlatform().daemon().start(() -> generation.read(() -> model, slot::countDown));
        assertEquals(Optional.of("0"), generation.next());
        model.writing.await();

        generation.close();
        assertFalse(generation.isFinished());
        model.closed.countDown();
        generation.awaitFinished();

        assertEquals(3, model.taken.get());
        assertTrue(model.cancelled, "the native side was told");
        assertEquals(0, slot.getCount());
    }

    @Test
    void aResponseClosedBeforeItBeganNeverReachesTheModel() throws Exception {
        NativeGeneration generation = new NativeGeneration();
        generation.close();
        generation.read(
                () -> {
                    throw new AssertionError("the model was asked");
                },
                () -> {});

        assertEquals(Optional.empty(), generation.next());
        assertTrue(generation.isFinished());
    }

    @Test
    void whatWasReadComesBeforeTheFaultThatEndsIt() throws Exception {
        Iterator<String> outputs = List.of("a", "b", "c").iterator();
        NativeGeneration generation = new NativeGeneration();
        generation.read(
                () -> new NativeGeneration.Tokens() {
                    @Override
                    public boolean hasNext() {
                        return true;
                    }

                    @Override
                    public String next() {
                        return outputs.next();
                    }

                    @Override
                    public void cancel() {
                        throw new AssertionError("nobody cancels");
                    }
                },
                () -> {});

        for (String text : List.of("a", "b", "c")) {
            assertEquals(Optional.of(text), generation.next());
        }
        assertThrows(Generation.NativeFailure.class, generation::next);
    }

    @Test
    void countsEveryTokenWhetherItGaveTextOrNot() throws Exception {
        Iterator<String> outputs = List.of("a", "", "", "\u00e9", "", "").iterator();
        NativeGeneration generation = new NativeGeneration();
        generation.read(
                () -> new NativeGeneration.Tokens() {
                    @Override
                    public boolean hasNext() {
                        return outputs.hasNext();
                    }

                    @Override
                    public String next() {
                        return outputs.next();
                    }

                    @Override
                    public void cancel() {
                        throw new AssertionError("nobody cancels");
                    }
                },
                () -> {});

        assertEquals(Optional.of("a"), generation.next());
        assertEquals(1, generation.tokens());
        assertEquals(Optional.of("\u00e9"), generation.next());
        assertEquals(4, generation.tokens());
        assertEquals(Optional.empty(), generation.next());
        assertEquals(5, generation.tokens(), "the last output only says that it is over");
    }
}
