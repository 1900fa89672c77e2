package io.pipecat.api.tool;

import static io.pipecat.api.tool.Contexts.call;
import static io.pipecat.api.tool.Contexts.fails;
import static io.pipecat.api.tool.Contexts.names;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.ToolException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Calls, their outcomes and their errors. */
class AnnotatedToolCallTest {

    @ToolInfo(name = "calc", description = "Calculates.", placement = Placement.LIGHT)
    public static class Calc implements AutoCloseable {
        final Error fatal = new OutOfMemoryError("none left");
        boolean closed;

        @ToolMethod("Adds.")
        public double add(double a, double b) {
            return a + b;
        }

        @ToolMethod(value = "Waits.", name = "hold", sensitive = true, timeoutSeconds = 90)
        public void keepWaiting(ToolContext context, String reason) {
            context.report(context.callId() + " waits: " + reason);
        }

        @ToolMethod("Throws.")
        public Object fail(String how) throws Throwable {
            throw switch (how) {
                case "tool" -> new ToolException(Reason.DENIED, "No.");
                case "unchecked" -> new IllegalStateException("kaboom");
                case "silent" -> new IllegalStateException();
                case "argument" -> new IllegalArgumentException("inner");
                case "file" -> new NoSuchFileException("data.csv");
                case "io" -> new IOException("the disk is full");
                case "assert" -> new AssertionError("not so");
                case "stack" -> new StackOverflowError();
                case "fatal" -> fatal;
                case "interrupted" -> new InterruptedException("enough");
                case "channel" -> {
                    Thread.currentThread().interrupt();
                    yield new UncheckedIOException(new ClosedByInterruptException());
                }
                default -> {
                    Thread.currentThread().interrupt();
                    yield ToolException.failed("was interrupted");
                }
            };
        }

        @ToolMethod("Gives what JSON cannot hold.")
        public Object odd(boolean lazy) {
            if (lazy) {
                return (Iterable<String>) () -> {
                    throw new IllegalStateException("the source is gone");
                };
            }
            return List.of(Double.NaN);
        }

        @ToolMethod("Takes nothing and gives null.")
        public Object nothing() {
            return null;
        }

        @ToolMethod("Static.")
        public static int one() {
            return 1;
        }

        public void notOffered() {}

        void packagePrivate() {}

        @Override
        public void close() {
            closed = true;
        }
    }

    private final Calc calc = new Calc();
    private final Tool tool = Tool.annotated(calc);

    @Test
    void theSpecificationSaysWhatTheAnnotationsSay() {
        assertEquals("calc", tool.spec().name());
        assertEquals("Calculates.", tool.spec().description());
        assertEquals(Placement.LIGHT, tool.spec().placement());
        assertEquals(List.of("add", "fail", "hold", "nothing", "odd", "one"), names(tool));
        MethodSpec hold = tool.spec().method("hold").orElseThrow();
        assertEquals("Waits.", hold.description());
        assertTrue(hold.sensitive());
        assertEquals(Optional.of(Duration.ofSeconds(90)), hold.timeout());
        assertEquals(List.of("reason"), hold.parameterNames());
        MethodSpec add = tool.spec().method("add").orElseThrow();
        assertFalse(add.sensitive());
        assertEquals(Optional.empty(), add.timeout());
        assertEquals(
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\"},\"b\":{\"type\":\"number\"}},"
                        + "\"required\":[\"a\",\"b\"],\"additionalProperties\":false}",
                add.parameters().toString());
        assertEquals(Optional.empty(), tool.spec().method("notOffered"));
    }

    @Test
    void methodsAreInTheSameOrderEachTime() {
        for (int i = 0; i < 20; i++) {
            assertEquals(tool.spec(), Tool.annotated(new Calc()).spec());
        }
    }

    @Test
    void callsWithArgumentsInAnyOrder() throws Exception {
        assertEquals(JsonNumber.of(5), call(tool, "add", "b", 3, "a", 2));
        assertEquals(JsonNumber.of(1), call(tool, "one"));
        assertEquals(JsonNull.NULL, call(tool, "nothing"));
    }

    @Test
    void theContextIsHandedIn() throws Exception {
        List<String> lines = new ArrayList<>();
        ToolContext context = new ToolContext("c7", Instant.EPOCH, lines::add);
        assertEquals(JsonNull.NULL, tool.call("hold", JsonObject.of("reason", "tea"), context));
        assertEquals(List.of("c7 waits: tea"), lines);
    }

    @Test
    void wrongArgumentsAreExplained() {
        String available = " Available parameters: a (number), b (number).";
        assertEquals(
                "Tool argument validation failed: calc.add() is missing the required argument 'b'." + available,
                fails(Reason.INVALID_ARGUMENTS, tool, "add", "a", 1).getMessage());
        assertEquals(
                "Tool argument validation failed: calc.add() got an unexpected argument 'c'." + available,
                fails(Reason.INVALID_ARGUMENTS, tool, "add", "a", 1, "b", 2, "c", 3)
                        .getMessage());
        assertEquals(
                "Tool argument validation failed: calc.add() wants a number for 'a', not \"1\"." + available,
                fails(Reason.INVALID_ARGUMENTS, tool, "add", "a", "1", "b", 2).getMessage());
        assertEquals(
                "Tool argument validation failed: calc.add() wants a number for 'a', not null." + available,
                fails(Reason.INVALID_ARGUMENTS, tool, "add", "a", null, "b", 2).getMessage());
        assertEquals(
                "Tool argument validation failed: calc.nothing() got an unexpected argument 'a'. It takes no parameters.",
                fails(Reason.INVALID_ARGUMENTS, tool, "nothing", "a", 1).getMessage());
        assertEquals(
                "Tool argument validation failed: calc.hold() got an unexpected argument 'context'."
                        + " Available parameters: reason (string).",
                fails(Reason.INVALID_ARGUMENTS, tool, "hold", "context", 1, "reason", "x")
                        .getMessage());
    }

    @Test
    void unknownMethodsAreNotThoseThatAreNotOffered() {
        for (String hidden : List.of("notOffered", "not_offered", "packagePrivate", "close", "toString", "hashCode")) {
            assertEquals(
                    "Method '" + hidden + "' is not a public callable method.",
                    fails(Reason.NOT_OFFERED, tool, hidden).getMessage());
        }
        // keepWaiting is offered, under another name.
        for (String unknown : List.of("nope", "keepWaiting", "keep_waiting", "", "Add")) {
            assertEquals(
                    "Method '" + unknown + "' not found on tool 'calc'.",
                    fails(Reason.UNKNOWN_METHOD, tool, unknown).getMessage());
        }
    }

    @Test
    void whatAMethodThrowsIsAFailureOfTheTool() {
        assertEquals("No.", fails(Reason.DENIED, tool, "fail", "how", "tool").getMessage());
        ToolException unchecked = fails(Reason.FAILED, tool, "fail", "how", "unchecked");
        assertEquals("kaboom", unchecked.getMessage());
        assertInstanceOf(IllegalStateException.class, unchecked.getCause());
        assertEquals(
                "inner", fails(Reason.FAILED, tool, "fail", "how", "argument").getMessage());
        assertEquals(
                "the disk is full",
                fails(Reason.FAILED, tool, "fail", "how", "io").getMessage());
        assertEquals(
                "not so", fails(Reason.FAILED, tool, "fail", "how", "assert").getMessage());
    }

    @Test
    void anExceptionThatSaysNothingIsNamed() {
        assertEquals(
                "java.lang.IllegalStateException",
                fails(Reason.FAILED, tool, "fail", "how", "silent").getMessage());
        assertEquals(
                "java.nio.file.NoSuchFileException: data.csv",
                fails(Reason.FAILED, tool, "fail", "how", "file").getMessage());
        assertEquals(
                "java.lang.StackOverflowError",
                fails(Reason.FAILED, tool, "fail", "how", "stack").getMessage());
    }

    @Test
    void errorsOfTheMachinePass() {
        assertSame(calc.fatal, assertThrows(OutOfMemoryError.class, () -> call(tool, "fail", "how", "fatal")));
    }

    @Test
    void interruptionIsNoFailure() {
        var e = assertThrows(InterruptedException.class, () -> call(tool, "fail", "how", "interrupted"));
        assertEquals("enough", e.getMessage());
        for (String how : List.of("channel", "flag")) {
            assertThrows(InterruptedException.class, () -> call(tool, "fail", "how", how));
            assertFalse(Thread.interrupted(), "whoever throws InterruptedException has cleared the flag");
        }
    }

    @Test
    void aResultThatJsonCannotHoldIsAFailure() {
        assertEquals(
                "The result of 'calc.odd' cannot be told as JSON: JSON has no number for NaN.",
                fails(Reason.FAILED, tool, "odd", "lazy", false).getMessage());
        assertEquals(
                "The result of 'calc.odd' cannot be told as JSON: the source is gone.",
                fails(Reason.FAILED, tool, "odd", "lazy", true).getMessage());
    }

    @Test
    void callsRunSideBySide() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> sums = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                int a = i;
                sums.add(threads.submit(() -> call(tool, "add", "a", a, "b", 1)));
            }
            for (int i = 0; i < sums.size(); i++) {
                assertEquals(JsonNumber.of(i + 1), sums.get(i).get());
            }
        }
    }

    @Test
    void closingTheToolClosesTheObject() {
        tool.close();
        assertTrue(calc.closed);
    }
}
