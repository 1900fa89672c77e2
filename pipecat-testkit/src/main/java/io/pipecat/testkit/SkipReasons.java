package io.pipecat.testkit;

import java.io.PrintStream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Prints each skipped test by name with its reason: the build's own summary gives only a number, and a number hides what was not tried.
 * JUnit finds it by itself wherever this module is among a test's dependencies.
 */
public final class SkipReasons implements TestExecutionListener {
    private final PrintStream out;

    /** For JUnit, which asks the service loader. */
    public SkipReasons() {
        this(System.out);
    }

    SkipReasons(PrintStream out) {
        this.out = out;
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        print(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            print(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason given"));
        }
    }

    private void print(TestIdentifier test, String reason) {
        out.println("SKIPPED " + test.getSource().map(SkipReasons::name).orElse(test.getDisplayName()) + ": " + reason);
    }

    private static String name(TestSource source) {
        return switch (source) {
            case MethodSource method -> method.getClassName() + "." + method.getMethodName();
            case ClassSource type -> type.getClassName();
            default -> source.toString();
        };
    }
}
