/** What tests share. Only test code depends on it; no node ever carries it. */
module io.pipecat.testkit {
    requires java.net.http;
    requires static transitive org.jspecify;
    requires transitive org.junit.jupiter.api;
    requires transitive org.junit.platform.launcher;

    exports io.pipecat.testkit;

    provides org.junit.platform.launcher.TestExecutionListener with
            io.pipecat.testkit.SkipReasons;
}
