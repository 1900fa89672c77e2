package io.pipecat.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What no list of examples covers; the seeds are fixed, so a failure can be repeated. */
class JsonRandomTest {
    private static final Json READER = Json.within(new JsonLimits(16, 1 << 16, 50));

    @Test
    void whatIsWrittenIsReadBackEqual() throws JsonException {
        Random random = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            JsonValue value = value(random, 6);
            assertEquals(value, Json.parse(value.toString()));
            assertEquals(value.toString(), Json.parse(value.toString()).toString());
            assertEquals(value, Json.parse(Json.pretty(value)));
            assertEquals(value.hashCode(), Json.parse(Json.pretty(value)).hashCode());
            // Lone surrogates are escaped, so nothing is lost on the way through UTF-8.
            assertEquals(
                    value, Json.within(JsonLimits.DEFAULT).read(value.toString().getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void prettyTextIsIndentedAndKeepsEmptyOnesShort() {
        JsonObject value = JsonObject.builder()
                .put("a", JsonArray.of(JsonNumber.of(1), JsonObject.of("b", "c\n")))
                .put("e", JsonArray.EMPTY)
                .put("o", JsonObject.EMPTY)
                .build();
        assertEquals("""
                {
                  "a": [
                    1,
                    {
                      "b": "c\\n"
                    }
                  ],
                  "e": [],
                  "o": {}
                }""", Json.pretty(value));
        assertEquals("1", Json.pretty(JsonNumber.of(1)));
    }

    @Test
    void randomBytesAreReadOrRefused() {
        Random random = new Random(11);
        String alphabet = "{}[]\",:\\/0123456789-+.eEtrufalsn \n\tué\u0000*'#NaI";
        int read = 0;
        for (int i = 0; i < 60_000; i++) {
            byte[] bytes = new byte[random.nextInt(24)];
            if (i % 2 == 0) {
                random.nextBytes(bytes);
            } else {
                for (int j = 0; j < bytes.length; j++) {
                    bytes[j] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
                }
            }
            read += isRead(bytes) ? 1 : 0;
        }
        assertTrue(read > 100, "only " + read + " were JSON, so the other path was not tried");
    }

    @Test
    void mutationsAreReadOrRefused() {
        Random random = new Random(13);
        int read = 0;
        int refused = 0;
        for (int i = 0; i < 30_000; i++) {
            byte[] bytes = value(random, 4).toString().getBytes(StandardCharsets.UTF_8);
            for (int k = random.nextInt(3); k >= 0; k--) {
                bytes = mutated(bytes, random);
            }
            if (isRead(bytes)) {
                read++;
            } else {
                refused++;
            }
        }
        assertTrue(read > 1_000 && refused > 1_000, read + " read, " + refused + " refused");
    }

    /** Whether it is read; anything but a JsonException fails the test, and so does a message that is no sentence. */
    private static boolean isRead(byte[] bytes) {
        try {
            JsonValue value = READER.read(bytes);
            assertEquals(value, READER.read(value.toString()));
            return true;
        } catch (JsonException e) {
            String message = e.getMessage();
            assertTrue(message.matches("(?s)(the|there|a|an|JSON) .*"), message);
            assertTrue(e.offset() >= 0 && e.offset() <= bytes.length, () -> message + " of " + Arrays.toString(bytes));
            return false;
        } catch (RuntimeException e) {
            throw new AssertionError("reading " + Arrays.toString(bytes), e);
        }
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, at + 1 + random.nextInt(4));
        byte[] with = new byte[random.nextInt(4)];
        random.nextBytes(with);
        if (random.nextBoolean()) {
            String other = value(random, 1).toString();
            with = other.getBytes(StandardCharsets.UTF_8);
        }
        byte[] out = new byte[at + with.length + bytes.length - to];
        System.arraycopy(bytes, 0, out, 0, at);
        System.arraycopy(with, 0, out, at, with.length);
        System.arraycopy(bytes, to, out, at + with.length, bytes.length - to);
        return out;
    }

    private static JsonValue value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> JsonNull.NULL;
            case 1 -> JsonBool.of(random.nextBoolean());
            case 2 -> JsonNumber.of(random.nextInt(-1000, 1000));
            case 3 -> number(random);
            case 4, 5 -> new JsonString(text(random));
            case 6 -> {
                List<JsonValue> elements = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(value(random, depth - 1));
                }
                yield new JsonArray(elements);
            }
            default -> {
                JsonObject.Builder object = JsonObject.builder();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.put(name(random), value(random, depth - 1));
                }
                yield object.build();
            }
        };
    }

    private static JsonNumber number(Random random) {
        double value = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(value) ? JsonNumber.of(value) : new JsonNumber("-0.00E-007");
    }

    /** As {@link #text}, without half surrogate pairs, which the reader refuses in names. */
    private static String name(Random random) {
        return new String(text(random).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** Any UTF-16, with more than its share of quotes, controls and surrogates. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(
                    switch (random.nextInt(6)) {
                        case 0 -> (char) random.nextInt(0x20);
                        case 1 -> (char) random.nextInt(0xD800, 0xE000);
                        case 2 -> "\"\\/\u007f\u2028\uFEFF\uFFFF".charAt(random.nextInt(7));
                        case 3 -> (char) random.nextInt(0x10000);
                        default -> (char) random.nextInt('a', 'z');
                    });
        }
        return text.toString();
    }
}
