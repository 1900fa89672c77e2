package io.pipecat.api.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TextsTest {

    @Test
    void cutsBetweenCharacters() {
        assertEquals("x".repeat(60), Texts.shortened("x".repeat(60)));
        assertEquals("x".repeat(60) + "…", Texts.shortened("x".repeat(61)));
        assertEquals("x".repeat(59) + "…", Texts.shortened("x".repeat(59) + "😀"));
    }
}
