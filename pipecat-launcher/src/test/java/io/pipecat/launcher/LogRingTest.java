package io.pipecat.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.LogSource;
import io.pipecat.api.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log as it is kept in memory. */
class LogRingTest {
    private static final Logger LOG = LoggerFactory.getLogger(LogRingTest.class);

    @Test
    void whatIsLoggedIsKeptAndToldToWhoFollows() {
        List<LogSource.Entry> followed = new ArrayList<>();
        Subscription following = LogRing.ofProcess().follow(followed::add);
        LOG.warn("The cellar is {}", "wet", new IllegalStateException("pump"));
        following.close();
        LOG.warn("Nobody follows");
        LogSource.Entry entry = followed.getFirst();
        assertEquals(1, followed.size(), followed.toString());
        assertEquals("warn", entry.level());
        assertEquals(LogRingTest.class.getName(), entry.logger());
        assertEquals("The cellar is wet (java.lang.IllegalStateException: pump)", entry.message());
        List<LogSource.Entry> kept = LogRing.ofProcess().recent();
        assertTrue(kept.contains(entry));
        assertEquals("Nobody follows", kept.getLast().message());
    }
}
