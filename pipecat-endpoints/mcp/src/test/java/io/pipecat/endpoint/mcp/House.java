package io.pipecat.endpoint.mcp;

import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolInfo;
import io.pipecat.api.tool.ToolMethod;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** A tool that does what the tests need. */
@ToolInfo(name = "house", description = "A house.")
public final class House {
    final Semaphore started = new Semaphore(0);
    final Semaphore interrupted = new Semaphore(0);

    /** What a method may return. */
    public record Sum(int sum, List<Integer> of) {}

    @ToolMethod("Adds two numbers.")
    public Sum add(int a, int b) {
        return new Sum(a + b, List.of(a, b));
    }

    @ToolMethod("Greets.")
    public String greet(String name) {
        return "Hello, " + name + "!";
    }

    @ToolMethod(value = "Burns it down.", sensitive = true)
    public String burn() {
        return "burnt";
    }

    @ToolMethod("Fails.")
    public String fail() throws ToolException {
        throw ToolException.failed("The door is locked; find the key.");
    }

    @ToolMethod("Breaks.")
    public String breakDown() {
        throw new OutOfMemoryError("secret detail");
    }

    @ToolMethod("Counts, and tells of it.")
    public int count(int to, ToolContext context) {
        for (int i = 1; i <= to; i++) {
            context.report("step " + i);
        }
        return to;
    }

    @ToolMethod("Returns gigabytes.")
    public Object everything() {
        return Collections.nCopies(100_000, "x".repeat(1 << 16));
    }

    @ToolMethod("Never ends.")
    public String sleep(ToolContext context) throws InterruptedException {
        context.report("sleeping");
        started.release();
        try {
            new CountDownLatch(1).await();
            return "woken";
        } catch (InterruptedException e) {
            interrupted.release();
            throw e;
        }
    }
}
