package io.pipecat.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    @Test
    void aStreamIsInterruptedWhereItsPeerTakesNothingForAMinute() {
        Call call = new Call(0, Duration.ZERO, wanted -> {});
        assertTrue(call.beginSending(true, 0));
        call.beginWriting(0);
        call.endWriting();
        call.check(10 * MINUTE);
        assertFalse(Thread.interrupted(), "it waits for what is to be told, which may be long in coming");
        call.beginWriting(10 * MINUTE);
        call.check(11 * MINUTE - 1);
        assertFalse(Thread.interrupted());
        call.check(11 * MINUTE);
        assertTrue(Thread.interrupted());
        call.done();
    }
}
