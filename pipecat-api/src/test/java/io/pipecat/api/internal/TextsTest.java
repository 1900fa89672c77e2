package io.pipecat.api.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextsTest {

    @Test
    void cutsBetweenCharacters() {
        assertEquals("x".repeat(60), Texts.shortened("x".repeat(60)));
        assertEquals("x".repeat(60) + "…", Texts.shortened("x".repeat(61)));
        assertEquals("x".repeat(59) + "…", Texts.shortened("x".repeat(59) + "😀"));
    }

    @Test
    void findsTheNearestWord() {
        List<String> words = List.of("monolith", "distributed", "ask", "deny");
        assertEquals(Optional.of("monolith"), Texts.nearest("monolit", words));
        assertEquals(Optional.of("distributed"), Texts.nearest(" DISTRUBUTED ", words));
        assertEquals(Optional.of("ask"), Texts.nearest("akk", words));
        assertEquals(Optional.empty(), Texts.nearest("purple", words));
        assertEquals(Optional.empty(), Texts.nearest("", words));
        assertEquals(Optional.empty(), Texts.nearest("x".repeat(100_000), words));
    }
}
