package io.pipecat.endpoint.wyoming;

import io.pipecat.fuzz.Input;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;

/** Events of the Wyoming protocol; what is read can be written and read again. */
public final class WyomingFuzz {
    private static final EventReader.Pace PACE = new EventReader.Pace() {
        @Override
        public void eventBegins() {}

        @Override
        public void eventEnds() {}
    };

    private WyomingFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        EventReader reader = new EventReader(new ByteArrayInputStream(data), PACE);
        try {
            for (Optional<Event> event = reader.next(); event.isPresent(); event = reader.next()) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                new EventWriter(out).write(event.get());
                Optional<Event> again = new EventReader(new ByteArrayInputStream(out.toByteArray()), PACE).next();
                Input.check("the same event", again.equals(event));
            }
        } catch (EventReader.BadEventException | EOFException e) {
            Input.check("a reason", e.getMessage() != null);
        }
    }
}
