package io.pipecat.tools.local.clock;

import io.pipecat.api.tool.ToolException;
import io.pipecat.fuzz.Input;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** Moments, amounts of time and zones as models write them. */
public final class ClockWordsFuzz {

    private ClockWordsFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) {
        String text = Input.text(data);
        ZonedDateTime now = ZonedDateTime.of(2026, 11, 1, 12, 0, 0, 0, ZoneOffset.UTC);
        reads(() -> Moment.parse(text, now));
        reads(() -> Amount.parse(text));
        reads(() -> Zones.find(text));
    }

    private interface Reading {
        Object read() throws ToolException;
    }

    private static void reads(Reading reading) {
        try {
            Input.check("something", reading.read() != null);
        } catch (ToolException e) {
            Input.check("a reason", e.getMessage() != null);
        }
    }
}
