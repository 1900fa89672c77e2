package io.pipecat.api.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class JobRequestTest {

    @Test
    void numbersHaveRanges() {
        assertEquals(0, new JobRequest("m", "p", 1, 1, 0, "").gpuCount());
        assertThrows(IllegalArgumentException.class, () -> new JobRequest("m", "p", 0, 1, 0, ""));
        assertThrows(IllegalArgumentException.class, () -> new JobRequest("m", "p", 1, 0, 0, ""));
        var e = assertThrows(IllegalArgumentException.class, () -> new JobRequest("m", "p", 1, 1, -1, ""));
        assertEquals("cpu and memory must be at least 1 and gpu_count at least 0, not 1, 1 and -1", e.getMessage());
    }
}
