package io.pipecat.api.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ExcerptTest {
    @Test
    void isOneLineWithoutWhatCouldMoveACursor() {
        assertEquals("it is full come again", Excerpt.of(" it is\r\nfull\u001b\u0007\u202e come  again\n"));
    }

    @Test
    void aPageIsItsWords() {
        assertEquals(
                "Bad gateway nginx",
                Excerpt.of(
                        "<html><head><title>502</title><style>h1 {}</style></head><!-- no --><h1>Bad gateway</h1>nginx"));
        assertEquals("502", Excerpt.of("<html><head><title>502</title></head><body></body></html>"), "only its title");
        assertEquals("a < b", Excerpt.of("a < b"), "no page");
    }

    @Test
    void whatIsLongIsCutBetweenCharacters() {
        String cat = Character.toString(0x1F408);
        assertEquals(cat.repeat(200), Excerpt.of(cat.repeat(200)));
        assertEquals(cat.repeat(200) + "…", Excerpt.of(cat.repeat(201)));
    }
}
