package io.pipecat.endpoint.tools;

import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolInfo;
import io.pipecat.api.tool.ToolMethod;
import io.pipecat.api.tool.ToolParam;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Tools to be served, most of them badly behaved. */
final class Tools {
    private Tools() {}

    /** The tool of the recorded answers, and what can go wrong in one. */
    @ToolInfo(name = "calculator", description = "Calculates.")
    public static final class Calculator {
        @ToolMethod("Adds two numbers.")
        public BigDecimal add(BigDecimal a, BigDecimal b) {
            return a.add(b);
        }

        @ToolMethod("Repeats a text.")
        public String echo(@ToolParam("What to repeat") String text) {
            return text;
        }

        @ToolMethod("Throws.")
        public String boom() {
            throw new IllegalStateException("kaboom");
        }

        @ToolMethod("Throws what a wrong argument would.")
        public String typeboom() {
            throw new ClassCastException("inner type error");
        }

        @ToolMethod("Quotes a stack trace.")
        public String trace() throws ToolException {
            throw ToolException.failed("it failed\n\tat io.pipecat.Secret.inner(Secret.java:1)");
        }

        @ToolMethod("Recurses without end.")
        public int deep() {
            return endless(1);
        }

        @SuppressWarnings("InfiniteRecursion") // that is what is tried
        private static int endless(int n) {
            return endless(n + 1) + 1;
        }

        @ToolMethod("Takes all the memory there is.")
        public String memory() {
            throw new OutOfMemoryError("for the test");
        }

        @ToolMethod("Returns what is no JSON.")
        public Object unserialisable() {
            return new Object();
        }

        @ToolMethod("Returns a list that contains itself.")
        public Object cycle() {
            List<Object> list = new ArrayList<>();
            list.add(list);
            return list;
        }

        @ToolMethod("Returns gigabytes.")
        public Object gigabytes() {
            return Collections.nCopies(100_000, "x".repeat(1 << 16));
        }

        @ToolMethod("Returns NaN.")
        public double nan() {
            return Double.NaN;
        }

        @ToolMethod(value = "Asks first.", sensitive = true)
        public String dangerous() {
            return "done";
        }

        public String attr() {
            return "not offered";
        }
    }

    /** Waits. */
    @ToolInfo(name = "slow", description = "Takes its time.")
    public static final class Slow {
        final CountDownLatch goOn = new CountDownLatch(1);
        final CountDownLatch ended;
        final CountDownLatch inside;
        volatile boolean stop;

        Slow(int calls) {
            this.inside = new CountDownLatch(calls);
            this.ended = new CountDownLatch(calls);
        }

        @ToolMethod("Waits until it may go on.")
        public String await() throws InterruptedException {
            inside.countDown();
            try {
                goOn.await();
                return "done";
            } finally {
                ended.countDown();
            }
        }

        @ToolMethod("Says what kind of thread it runs on.")
        public boolean virtual() {
            return Thread.currentThread().isVirtual();
        }

        @ToolMethod("Is quick or computes and hears nobody, as it is told.")
        public String moody(boolean quick) {
            return quick ? "done" : spin();
        }

        @ToolMethod("Computes and hears nobody.")
        public String spin() {
            inside.countDown();
            while (!stop) {
                Thread.onSpinWait();
            }
            ended.countDown();
            return "late";
        }
    }
}
