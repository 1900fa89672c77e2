package io.pipecat.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class SkipReasonsTest {
    @Test
    void eachSkippedTestIsPrintedWithItsReason() {
        var bytes = new ByteArrayOutputStream();
        var config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .addTestExecutionListeners(new SkipReasons(new PrintStream(bytes, true, StandardCharsets.UTF_8)))
                .build();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Sample.class))
                .build();

        LauncherFactory.create(config).execute(request);

        String prefix = "SKIPPED " + Sample.class.getName() + ".";
        assertEquals(
                List.of(prefix + "aborts: needs a thing", prefix + "disabled: needs another"),
                bytes.toString(StandardCharsets.UTF_8).lines().sorted().toList());
    }

    static final class Sample {
        @Test
        void aborts() {
            Assumptions.abort("needs a thing");
        }

        @Test
        @Disabled("needs another")
        void disabled() {}

        @Test
        void runs() {}
    }
}
