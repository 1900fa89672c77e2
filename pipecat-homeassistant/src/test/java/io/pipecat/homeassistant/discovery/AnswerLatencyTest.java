package io.pipecat.homeassistant.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswerLatencyTest {
    private String exposed = "# TYPE other counter\nother 1\n";
    private final AnswerLatency latency = new AnswerLatency(() -> exposed);

    private void answers(double seconds, int count) {
        exposed = "pipecat_answer_start_seconds_bucket{le=\"+Inf\"} 9\npipecat_answer_start_seconds_sum " + seconds
                + "\npipecat_answer_start_seconds_count " + count + "\nother 1\n";
    }

    @Test
    void isTheMeanOfTheAnswersSinceTheLastLook() {
        assertEquals(Optional.empty(), latency.seconds());
        answers(3, 2);
        assertEquals(Optional.of(1.5), latency.seconds());
        assertEquals(Optional.of(1.5), latency.seconds(), "none since");
        answers(7, 3);
        assertEquals(Optional.of(4.0), latency.seconds());
    }
}
