package io.pipecat.endpoint.worldmodel;

import io.pipecat.fuzz.Input;
import java.util.List;

/** The filter of {@code GET /events}. */
public final class TopicFilterFuzz {

    private TopicFilterFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) {
        List<String> parts = Input.parts(data, 2);
        TopicFilter filter;
        try {
            filter = new TopicFilter(parts.get(0));
        } catch (IllegalArgumentException e) {
            return;
        }
        Input.check(
                "as the broker does",
                filter.matches(parts.get(1)) == io.pipecat.worldmodel.state.Topics.matches(parts.get(0), parts.get(1)));
    }
}
