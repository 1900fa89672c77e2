package io.pipecat.llm.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'<think>ab</think>cd'        | ab      | cd",
                "'  <think>a</think>   cd '   | a       | 'cd '",
                "'<think></think>cd'          | ''      | cd",
                "'<think>a</thi</think>b'     | a</thi  | b",
                "'<think>a'                   | a       | ''",
                "'<think>a</thin'             | a</thin | ''",
                "'<thin'                      | ''      | <thin",
                "' <b>x</b>'                  | ''      | ' <b>x</b>'",
                "'a<think>b</think>'          | ''      | 'a<think>b</think>'",
                "'   '                        | ''      | '   '",
                "''                           | ''      | ''",
                "'<think>a</think><think>b'   | a       | <think>b"
            })
    void findsThoughtsHoweverTheyAreCut(String all, String thoughts, String said) {
        for (int length = 1; length <= all.length() + 1; length++) {
            StringBuilder text = new StringBuilder();
            StringBuilder reasoning = new StringBuilder();
            ThinkSplitter splitter = new ThinkSplitter(text::append, reasoning::append);
            for (int at = 0; at < all.length(); at += length) {
                splitter.push(all.substring(at, Math.min(all.length(), at + length)));
            }
            splitter.flush();
            assertEquals(thoughts, reasoning.toString(), "in pieces of " + length);
            assertEquals(said, text.toString(), "in pieces of " + length);
        }
    }

    @Test
    void replacesLoneSurrogatesOnly() {
        assertEquals("a\uFFFDb😀\uFFFD", Utf16.wellFormed("a\ud83db😀\ude00"));
        String good = "a😀";
        assertSame(good, Utf16.wellFormed(good));
    }

    @Test
    void holdsBackHalfACharacter() {
        Utf16.Guard guard = new Utf16.Guard();
        assertEquals("a", guard.push("a\ud83d"));
        assertEquals("😀", guard.push("\ude00"));
        assertEquals("", guard.flush());
        assertEquals("", guard.push("\ud83d"));
        assertEquals("\uFFFDx", guard.push("x"));
    }
}
