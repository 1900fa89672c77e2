package io.pipecat.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReadTest {
    private static final Json READER = Json.within(JsonLimits.DEFAULT);

    private static JsonException refused(String text) {
        JsonException e = assertThrows(JsonException.class, () -> Json.parse(text), text);
        assertPlain(e.getMessage());
        return e;
    }

    private static void assertPlain(String message) {
        for (String jargon : List.of("Source", "Feature", "token", "Read", "code ", "CTRL", "Constraints", "()")) {
            assertFalse(message.contains(jargon), message);
        }
    }

    @Test
    void readsEveryKindOfValue() throws JsonException {
        JsonObject expected = JsonObject.builder()
                .put("o", JsonObject.EMPTY)
                .put("a", JsonArray.of(JsonNumber.of(1), JsonNull.NULL))
                .put("s", "é\n\"\\/😀")
                .put("n", new JsonNumber("-1.50e+07"))
                .put("t", JsonBool.TRUE)
                .put("f", JsonBool.FALSE)
                .put("", JsonNull.NULL)
                .build();
        String text = "\r\n\t {\"o\":{},\"a\":[1,null],\"s\":\"\\u00e9\\n\\\"\\\\\\/\\ud83d\\uDE00\",\"n\":-1.50e+07,"
                + "\"t\":true,\"f\":false,\"\":null} ";
        assertEquals(expected, Json.parse(text));
        assertEquals(expected, READER.read(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void keepsDigitsAndOrder() throws JsonException {
        String text = "{\"z\":1.10,\"a\":1234567890123456789012345678901234567890,\"m\":1E2,\"n\":-0}";
        assertEquals(text, Json.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\ud800\"", "\"a\\udc00b\"", "\"\\udc00\\ud800\""})
    void keepsLoneSurrogates(String text) throws JsonException {
        assertEquals(text, Json.parse(text).toString());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{                    | 1 | the text ends before the value does",
                "[1,                  | 3 | the text ends before the value does",
                "\"abc                | 4 | the text ends before the value does",
                "\"\\u12              | 5 | the text ends before the value does",
                "{\"a\"               | 4 | the text ends before the value does",
                "{\"a\":              | 5 | the text ends before the value does",
                "-                    | 1 | the text ends before the value does",
                "1.                   | 2 | the text ends before the value does",
                "1e+                  | 3 | the text ends before the value does",
                "tru                  | 0 | a value was expected, not tru",
                "[tru]                | 1 | a value was expected, not tru",
                "[True]               | 1 | a value was expected, not True",
                "NaN                  | 0 | a value was expected, not NaN",
                "[1,NaN]              | 3 | a value was expected, not NaN",
                "-Infinity            | 0 | a value was expected, not -",
                "[Infinity]           | 1 | a value was expected, not Infinity",
                "undefined            | 0 | a value was expected, not undefined",
                "'a'                  | 0 | a value was expected, not '",
                "[1,]                 | 3 | a value was expected, not ]",
                "[,1]                 | 1 | a value was expected, not `,`",
                "{\"a\":}             | 5 | a value was expected, not }",
                ".5                   | 0 | a value was expected, not .",
                "]                    | 0 | a value was expected, not ]",
                "+1                   | 0 | a digit was expected, not +",
                "--1                  | 1 | a digit was expected, not -",
                "1.e5                 | 2 | a digit was expected, not e5",
                "01                   | 1 | a number does not begin with a 0 that other digits follow",
                "[-01]                | 3 | a number does not begin with a 0 that other digits follow",
                "1 x                  | 2 | there is more text after the value",
                "1x                   | 1 | there is more text after the value",
                "1}                   | 1 | there is more text after the value",
                "{} []                | 3 | there is more text after the value",
                "[1]]                 | 3 | there is more text after the value",
                "0x10                 | 1 | there is more text after the value",
                "\"a\"b               | 3 | there is more text after the value",
                "true false           | 5 | there is more text after the value",
                "{} // c              | 3 | there is more text after the value",
                "// c                 | 0 | JSON has no comments",
                "[1,/* c */2]         | 3 | JSON has no comments",
                "{a:1}                | 1 | a name in double quotes was expected, not a",
                "{,}                  | 1 | a name in double quotes was expected, not `,`",
                "{\"a\":1,}           | 7 | a name in double quotes was expected, not }",
                "{1:2}                | 1 | a name in double quotes was expected, not 1",
                "{\"a\" 1}            | 5 | a colon was expected, not 1",
                "{\"a\"=1}            | 4 | a colon was expected, not =",
                "[1 2]                | 3 | a comma or the end of the array was expected, not 2",
                "[1.5.2]              | 4 | a comma or the end of the array was expected, not .",
                "[}                   | 1 | a comma or the end of the array was expected, not }",
                "{\"a\":1 \"b\":2}    | 7 | a comma or the end of the object was expected, not \"",
                "{\"a\":1]            | 6 | a comma or the end of the object was expected, not ]",
                "\"\\x\"              | 2 | a valid escape was expected, not x",
                "\"\\u12g4\"          | 5 | a hexadecimal digit was expected, not g4",
                "{\"a\":1,\"b\":2,\"a\":3} | 13 | the name \"a\" stands twice in one object",
                "{\"a\\ud800\":1}    | 9 | a name holds half of a surrogate pair",
                "[1e9999999999]       | 1 | the number 1e9999999999 has an exponent of more than 9 digits",
            })
    void refusesWithASentenceAndAnOffset(String text, long offset, String message) {
        JsonException e = refused(text);
        assertEquals(message.replace("`", "") + ", at offset " + offset, e.getMessage());
        assertEquals(offset, e.offset());
    }

    @Test
    void refusesControlCharacters() {
        assertEquals(
                "a line break or other control character in a string must be escaped, at offset 2",
                refused("\"a\nb\"").getMessage());
        assertEquals(1, refused("\"\u0000\"").offset());
        assertEquals(0, refused("\u0000").offset());
        assertEquals(
                "a value was expected, not U+00A0, at offset 0",
                refused("\u00a0 1").getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n\t "})
    void refusesAnEmptyText(String text) {
        assertEquals("the text is empty", refused(text).getMessage());
        assertThrows(JsonException.class, () -> READER.read(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void refusesAByteOrderMark() {
        String text = "\uFEFF{}";
        String message = "the text starts with a byte order mark, which JSON does not have, at offset 0";
        assertEquals(message, refused(text).getMessage());
        JsonException e = assertThrows(JsonException.class, () -> READER.read(text.getBytes(StandardCharsets.UTF_8)));
        assertEquals(message, e.getMessage());
    }

    @Test
    void refusesWhatIsNotUtf8() {
        byte[][] malformed = {
            {'"', (byte) 0x80, '"'}, // a continuation without a start
            {'"', (byte) 0xC0, (byte) 0x80, '"'}, // overlong
            {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'}, // a surrogate
            {'"', (byte) 0xF5, (byte) 0x80, (byte) 0x80, (byte) 0x80, '"'}, // beyond U+10FFFF
            {'"', (byte) 0xE2, (byte) 0x82}, // cut off
        };
        for (byte[] bytes : malformed) {
            JsonException e = assertThrows(JsonException.class, () -> READER.read(bytes));
            assertEquals("the text is not valid UTF-8, at offset 1", e.getMessage());
            assertEquals(1, e.offset());
        }
    }

    @Test
    void refusesOtherEncodings() {
        for (var charset : List.of(
                StandardCharsets.UTF_16,
                StandardCharsets.UTF_16LE,
                StandardCharsets.UTF_16BE,
                Charset.forName("UTF-32"))) {
            JsonException e = assertThrows(JsonException.class, () -> READER.read("{\"a\":1}".getBytes(charset)));
            assertPlain(e.getMessage());
        }
    }

    @Test
    void offsetsOfBytesAreThoseOfTheDecodedText() {
        JsonException e =
                assertThrows(JsonException.class, () -> READER.read("[\"é😀\",x]".getBytes(StandardCharsets.UTF_8)));
        assertEquals(7, e.offset());
    }

    @Test
    void findsTheOffsetInALongText() {
        String text = "[" + "\"0123456789\",".repeat(10_000) + "x]";
        assertEquals(text.length() - 2, refused(text).offset());
        assertEquals(text.length() + 1, refused(text.replace("x", "1") + " x").offset());
    }

    @Test
    void nestsAsDeepAsTheLimit() throws JsonException {
        assertEquals(
                "[".repeat(64) + "]".repeat(64),
                Json.parse("[".repeat(64) + "]".repeat(64)).toString());
        JsonException e = refused("[".repeat(65) + "]".repeat(65));
        assertEquals("the text is nested more than 64 levels deep, at offset 64", e.getMessage());
        assertEquals(
                "the text is nested more than 64 levels deep, at offset 320",
                refused("{\"a\":".repeat(65) + "1" + "}".repeat(65)).getMessage());
        refused("[".repeat(1_000_000));
    }

    @Test
    void theDeepestLimitFitsOnASmallStack() throws Exception {
        String text = "[{\"a\":".repeat(JsonValue.MAX_DEPTH / 2) + "1" + "}]".repeat(JsonValue.MAX_DEPTH / 2);
        JsonLimits limits = new JsonLimits(JsonValue.MAX_DEPTH, 1 << 20, 400);
        AtomicReference<Object> outcome = new AtomicReference<>();
        Thread small = new Thread(
                null,
                () -> {
                    try {
                        JsonValue value = Json.within(limits).read(text);
                        outcome.set(value.toString().equals(text)
                                && Json.pretty(value).length() > text.length());
                    } catch (JsonException | StackOverflowError e) {
                        outcome.set(e);
                    }
                },
                "small",
                256 << 10);
        small.start();
        small.join();
        assertEquals(true, outcome.get());
    }

    @Test
    void numbersAreAsLongAsTheLimit() throws JsonException {
        assertEquals(new JsonNumber("1".repeat(400)), Json.parse("1".repeat(400)));
        assertEquals(
                "a number has 401 characters; at most 400 are read, at offset 1",
                refused("[" + "1".repeat(401) + "]").getMessage());
        assertEquals(
                400, ((JsonNumber) Json.parse("-0." + "1".repeat(397))).text().length());
        refused("-0." + "1".repeat(398));
    }

    @Test
    void textsAreAsLongAsTheLimit() throws JsonException {
        Json reader = Json.within(JsonLimits.DEFAULT.withMaxLength(5));
        assertEquals(new JsonString("abc"), reader.read("\"abc\""));
        JsonException e = assertThrows(JsonException.class, () -> reader.read("\"abcd\""));
        assertEquals("the text has 6 characters; at most 5 are read", e.getMessage());
        e = assertThrows(JsonException.class, () -> reader.read("\"éé\"".getBytes(StandardCharsets.UTF_8)));
        assertEquals("the text has 6 bytes; at most 5 are read", e.getMessage());
    }

    @Test
    void namesAreAsLongAsTheText() throws JsonException {
        String name = "n".repeat(100_000);
        assertTrue(Json.parseObject("{\"" + name + "\":1}").has(name));
    }

    @Test
    void manyNamesOfOneHashAreNoTrouble() throws JsonException {
        // "Aa" and "BB" have the same hash in Java, and so has every sequence of them.
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < 1 << 12; i++) {
            text.append(i == 0 ? "\"" : ",\"");
            for (int bit = 0; bit < 12; bit++) {
                text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            text.append("\":0");
        }
        assertEquals(
                1 << 12, Json.parseObject(text.append('}').toString()).members().size());
    }

    @Test
    void parsesObjectsOnly() throws JsonException {
        assertEquals(JsonObject.of("a", JsonNumber.of(1)), Json.parseObject("{\"a\":1}"));
        JsonException e = assertThrows(JsonException.class, () -> Json.parseObject("[1]"));
        assertEquals("an object was expected, not an array", e.getMessage());
        e = assertThrows(JsonException.class, () -> Json.parseObject("true"));
        assertEquals("an object was expected, not true or false", e.getMessage());
    }

    @Test
    void limitsHaveARange() {
        assertThrows(IllegalArgumentException.class, () -> new JsonLimits(0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new JsonLimits(101, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new JsonLimits(1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new JsonLimits(1, 1, 0));
    }
}
