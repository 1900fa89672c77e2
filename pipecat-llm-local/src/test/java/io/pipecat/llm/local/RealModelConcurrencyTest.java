package io.pipecat.llm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.llm.Message;
import io.pipecat.llm.local.chat.Dialects;
import io.pipecat.llm.local.engine.Generation;
import io.pipecat.llm.local.engine.Host;
import io.pipecat.llm.local.engine.LoadOptions;
import io.pipecat.llm.local.engine.LoadedModel;
import io.pipecat.llm.local.engine.ModelRegistry;
import io.pipecat.llm.local.engine.Sampling;
import io.pipecat.llm.local.engine.TextModel;
import io.pipecat.llm.local.engine.ThisHost;
import io.pipecat.llm.local.gguf.GgufHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class RealModelConcurrencyTest {
    private static final int SLOTS = 2;
    // The model repeats digits until its context is full.
    private static final LLMContext ENDLESS = LLMContext.of(new Message.User("say " + "7".repeat(27)));

    private LLMService llm;

    @BeforeEach
    void open() throws Exception {
        llm = RealModel.open();
    }

    @AfterEach
    void close() {
        if (llm != null) {
            llm.close();
        }
    }

    private String answer(String question) throws Exception {
        LLMResponse response = llm.process(RealModel.ask(question), frame -> {});
        return response.text()
                + response.toolCalls().stream()
                        .map(call -> call.argumentsJson())
                        .toList();
    }

    @Test
    void answersInParallelAsInSequence() throws Exception {
        List<String> questions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            questions.addAll(List.of("What is " + (10 + i) + " + " + (40 - i) + "?", "Hello", "who are you"));
        }
        List<String> sequential = new ArrayList<>();
        for (String question : questions) {
            sequential.add(answer(question));
        }
        List<String> parallel = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> calls = questions.stream()
                    .map(q -> (Callable<String>) () -> answer(q))
                    .toList();
            for (Future<String> future : threads.invokeAll(calls)) {
                parallel.add(future.get());
            }
        }
        assertEquals(sequential, parallel);
        assertEquals("[{\"expression\":\"10 + 40\"}]", sequential.getFirst());
    }

    /** Slots that fill up and are given up at different times leave holes in the cache that they share. */
    @Test
    void longAndAbandonedResponsesDoNotFailEachOther() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 14; i++) {
                LLMContext context = LLMContext.of(
                        new Message.User("say " + "9".repeat(1 + 5 * i % 37) + "1000000000000000000000000000"));
                int pieces = i % 3 == 0 ? Integer.MAX_VALUE : 40 * i % 300;
                calls.add(() -> piecesOf(context, pieces));
            }
            for (Future<Integer> future : threads.invokeAll(calls)) {
                assertTrue(future.get() >= 0);
            }
        }
    }

    /** Takes at most so many pieces of a response, then gives it up. */
    private int piecesOf(LLMContext context, int most) throws Exception {
        int[] seen = new int[1];
        try {
            llm.process(context, frame -> {
                seen[0]++;
                if (seen[0] > most) {
                    Thread.currentThread().interrupt();
                }
            });
        } catch (InterruptedException e) {
            return seen[0];
        }
        return seen[0];
    }

    private static <T> T on(boolean virtual, Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread =
                virtual ? Thread.ofVirtual().start(task) : Thread.ofPlatform().start(task);
        thread.join();
        return task.get();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anInterruptEndsTheCallAndFreesTheSlot(boolean virtual) throws Exception {
        for (int i = 0; i < SLOTS * 3; i++) {
            boolean interrupted = on(virtual, () -> {
                assertThrows(
                        InterruptedException.class,
                        () -> llm.process(ENDLESS, frame -> {
                            if (frame instanceof LLMFrame.Text) {
                                Thread.currentThread().interrupt();
                            }
                        }));
                return Thread.interrupted();
            });
            assertFalse(interrupted, "the exception tells it, the flag is cleared");
        }
        assertEquals("Hello! How can I help?[]", answer("Hello"));
    }

    @Test
    void anInterruptEndsTheWaitForASlot() throws Exception {
        ExecutorService holders = Executors.newVirtualThreadPerTaskExecutor();
        try {
            // They are served in turn, so whoever comes after them waits long.
            CountDownLatch begun = new CountDownLatch(SLOTS);
            List<Future<Void>> held = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                held.add(holders.submit(() -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        llm.process(ENDLESS, frame -> begun.countDown());
                    }
                    return null;
                }));
            }
            begun.await();
            FutureTask<InterruptedException> call =
                    new FutureTask<>(() -> assertThrows(InterruptedException.class, () -> answer("Hello")));
            Thread waiting = Thread.ofVirtual().start(call);
            while (!waitsForASlot(waiting.getStackTrace()) && waiting.isAlive()) {
                Thread.onSpinWait();
            }
            waiting.interrupt();

            assertTrue(waitsForASlot(call.get().getStackTrace()), "it got as far as a slot");
            assertTrue(held.stream().noneMatch(Future::isDone), "and the slots are still taken");
        } finally {
            holders.shutdownNow();
            holders.close();
        }
        assertEquals("Hello! How can I help?[]", answer("Hello"));
    }

    private static boolean waitsForASlot(StackTraceElement[] stack) {
        return Arrays.stream(stack).anyMatch(frame -> frame.getClassName().equals(Semaphore.class.getName()));
    }

    /** Remembers the responses that were begun, to look at what came of them. */
    private record Watched(LoadedModel model, List<Generation> begun) implements TextModel {
        @Override
        public GgufHeader header() {
            return model.header();
        }

        @Override
        public LoadOptions options() {
            return model.options();
        }

        @Override
        public Generation generate(String prompt, Sampling sampling, Consumer<? super Generation> told)
                throws InterruptedException {
            return model.generate(prompt, sampling, generation -> {
                begun.add(generation);
                told.accept(generation);
            });
        }

        @Override
        public int countTokens(String prompt) {
            return model.countTokens(prompt);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aResponseThatNobodyWantsStopsTheModelEarly(boolean byClosing) throws Exception {
        int limit = llm.process(ENDLESS, frame -> {}).usage().completionTokens();
        int fewest = limit;
        // A busy machine may be late to say so once; not every time.
        for (int i = 0; i < 10; i++) {
            fewest = Math.min(fewest, writtenWhenGivenUp(byClosing));
        }
        assertTrue(fewest < limit / 2, fewest + " of " + limit + " tokens");
    }

    private static int writtenWhenGivenUp(boolean byClosing) throws Exception {
        LocalSettings settings = new LocalSettings(new TestNode(RealModel.file().getParent(), Map.of()).settings());
        Host host = ThisHost.describe();
        LoadedModel model = ModelRegistry.OF_PROCESS.open(
                RealModel.file(),
                host,
                RealModel.file().getParent(),
                header ->
                        settings.loadOptions(header, host, Runtime.getRuntime().availableProcessors()));
        Watched watched = new Watched(model, new ArrayList<>());
        LocalLLMService service =
                new LocalLLMService(watched, Dialects.of(model.header(), model::applyTemplate), settings);
        assertThrows(
                Exception.class,
                () -> service.process(ENDLESS, frame -> {
                    if (frame instanceof LLMFrame.Text && byClosing) {
                        service.close();
                    } else if (frame instanceof LLMFrame.Text) {
                        Thread.currentThread().interrupt();
                    }
                }));
        Generation generation = watched.begun().getFirst();
        generation.awaitFinished();
        while (generation.next().isPresent()) {
            // What was written and not taken counts too.
        }
        return generation.tokens();
    }

    @Test
    void closingEndsRunningCalls() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        FutureTask<Throwable> call = new FutureTask<>(() -> {
            try {
                llm.process(ENDLESS, frame -> {
                    if (frame instanceof LLMFrame.Text) {
                        writing.countDown();
                        awaitUninterruptibly(closing);
                    }
                });
                return new AssertionError("it went on");
            } catch (io.pipecat.api.llm.LLMException e) {
                return e;
            }
        });
        Thread.ofVirtual().start(call);
        writing.await();
        llm.close();
        closing.countDown();

        assertTrue(call.get().getMessage().contains("was closed"), call.get().toString());
        try (LLMService next = RealModel.open()) {
            assertEquals(
                    "Hello! How can I help?",
                    next.process(RealModel.ask("Hello"), frame -> {}).text());
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A node that answers must still be a node: nothing that runs on virtual threads may wait for native code. */
    @Test
    void otherVirtualThreadsGoOnWhileAllSlotsWrite() throws Exception {
        List<Long> gaps = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            gaps.add(largestGapMillis());
        }
        long median = gaps.stream().sorted().toList().get(gaps.size() / 2);
        assertTrue(median < 50, "largest gaps in ms: " + gaps);
    }

    private long largestGapMillis() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch beating = new CountDownLatch(1);
        FutureTask<Long> heart = new FutureTask<>(() -> {
            long largest = 0;
            long last = System.nanoTime();
            while (!done.get()) {
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
                long now = System.nanoTime();
                largest = Math.max(largest, now - last);
                last = now;
                beating.countDown();
            }
            return Duration.ofNanos(largest).toMillis();
        });
        Thread.ofVirtual().start(heart);
        beating.await();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < SLOTS; i++) {
                calls.add(() -> llm.process(ENDLESS, frame -> {}).usage().completionTokens());
            }
            for (Future<Integer> future : threads.invokeAll(calls)) {
                assertTrue(future.get() > 100, "tokens: " + future.get());
            }
        } finally {
            done.set(true);
        }
        return heart.get();
    }
}
