package io.pipecat.tools.local.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CappedOutputTest {
    private static CappedOutput written(int limit, String text, int piece) {
        CappedOutput output = new CappedOutput(limit);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += piece) {
            int length = Math.min(piece, bytes.length - at);
            byte[] buffer = new byte[piece];
            System.arraycopy(bytes, at, buffer, 0, length);
            output.write(buffer, length);
        }
        return output;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10, 11, 100})
    void keepsAllThatFits(int piece) {
        CappedOutput output = written(10, "0123456789", piece);
        assertEquals("0123456789", output.text());
        assertFalse(output.truncated());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10, 11, 100})
    void keepsBothEnds(int piece) {
        CappedOutput output = written(10, "abcde0123456789vwxyz", piece);
        assertEquals("abcde\n… [10 bytes left out] …\nvwxyz", output.text());
        assertTrue(output.truncated());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void doesNotCutCharacters(int piece) {
        assertEquals(
                "ab\n… [10 bytes left out] …\nz", written(6, "ab€😀€z", piece).text());
        assertEquals("é\n… [8 bytes left out] …\né", written(6, "éééééé", piece).text());
    }

    @Test
    void agreesWithTheWholeForAnyPieces() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(60);
            for (int i = 0; i < length; i++) {
                text.append((char) ('a' + random.nextInt(26)));
            }
            String all = text.toString();
            int limit = 2 + random.nextInt(30);
            String kept = written(limit, all, 1 + random.nextInt(20)).text();
            int head = limit / 2;
            String expected = all.length() <= limit
                    ? all
                    : all.substring(0, head) + "\n… [" + (all.length() - limit) + " bytes left out] …\n"
                            + all.substring(all.length() - (limit - head));
            assertEquals(expected, kept, all);
        }
    }
}
