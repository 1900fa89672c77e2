package io.pipecat.worldmodel.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
    private static List<String> read(String text, int limit) throws IOException {
        EventReader reader = new EventReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), limit);
        List<String> events = new ArrayList<>();
        for (Optional<EventReader.Event> event = reader.next(); event.isPresent(); event = reader.next()) {
            events.add(event.get().name() + "=" + event.get().data());
        }
        return events;
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void readsWhatTheStandardSays(String end) throws Exception {
        String text = "retry: 5|event: a|id: 1|data: {\"é\"}||: comment||data:one|data: two|event:b|"
                + ": in between|unknown|data||event: half|data: lost";
        assertEquals(List.of("a={\"é\"}", "=", "b=one\ntwo\n"), read(text.replace("|", end), 1000));
    }

    @Test
    void whatIsTooLongIsRefused() throws Exception {
        assertThrows(IOException.class, () -> read("data: " + "x".repeat(100), 50));
        assertThrows(IOException.class, () -> read("data: 0123456789\n".repeat(10), 50));
        assertEquals(List.of("=" + "x".repeat(44)), read("data: " + "x".repeat(44) + "\n\n", 50));
    }
}
