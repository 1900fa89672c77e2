package io.pipecat.llm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalSettingsTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 256, 4096, 1 << 20})
    void takesAContextThatHoldsAnAnswer(int size) {
        assertEquals(size, LocalSettings.CONTEXT_SIZE.type().parse(" " + size));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "3, 0", "200, 256", "255, 256", "-1, 0", "1048577, 1048576"})
    void refusesOneThatDoesNotAndNamesTheNearest(String size, int nearest) {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> LocalSettings.CONTEXT_SIZE.type().parse(size));
        assertTrue(e.getMessage().endsWith("the nearest is " + nearest), e.getMessage());
    }
}
