package io.pipecat.worldmodel.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PayloadsTest {
    private static JsonValue decode(String text) {
        return Payloads.decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))
                .orElseThrow();
    }

    @Test
    void readsJson() {
        assertEquals(new JsonNumber("21.50"), decode("21.50"));
        assertEquals(new JsonNumber("-1e3"), decode(" -1e3\n"));
        assertEquals(JsonBool.TRUE, decode("true"));
        assertEquals(JsonBool.FALSE, decode(" false"));
        assertEquals(JsonNull.NULL, decode("null"));
        assertEquals(new JsonString("a"), decode("\"a\""));
        assertEquals(JsonObject.of("a", new JsonNumber("1")), decode("{\"a\":1}"));
        assertEquals(JsonArray.of(JsonBool.TRUE), decode("[true]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "on",
                "tru",
                "truer",
                "nul",
                "NaN",
                "nan",
                "{",
                "{\"a\":1",
                "[1,",
                "{\"a\":1,}",
                "\"",
                "\"a",
                "01",
                "1.",
                "-",
                "12:30",
                "2026-11-24",
                "1e9999999999",
                "0x10",
                "+1",
                " ",
                "\n",
                "{\"a\":1}{",
                "{\"a\":1,\"a\":2}",
                "'a'",
                "1 2"
            })
    void whatIsNotJsonIsText(String text) {
        assertEquals(new JsonString(text), decode(text));
    }

    @Test
    void badUtf8IsReplaced() {
        byte[] bytes = {(byte) 0xff, (byte) 0xfe, 1};
        assertEquals(Optional.of(new JsonString("\uFFFD\uFFFD\u0001")), Payloads.decode(ByteBuffer.wrap(bytes)));
    }

    @Test
    void noBytesAreNoValue() {
        assertEquals(Optional.empty(), Payloads.decode(ByteBuffer.allocate(0)));
    }

    @Test
    void nestingBeyondTheLimitIsText() {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);
        assertEquals(new JsonString(deep), decode(deep));
    }

    @Test
    void tenMegabytesAreRead() {
        String big = "[\"" + "x".repeat(10 << 20) + "\"]";
        assertEquals(JsonArray.of(new JsonString("x".repeat(10 << 20))), decode(big));
    }

    @Test
    void writesStringsPlainWhereTheyReadBack() {
        assertEquals("on", text(new JsonString("on")));
        assertEquals("\"21\"", text(new JsonString("21")));
        assertEquals("\"\"", text(new JsonString("")));
        assertEquals("21", text(new JsonNumber("21")));
        assertEquals("\"\\ud800\"", text(new JsonString("\uD800")));
    }

    private static String text(JsonValue value) {
        return StandardCharsets.UTF_8.decode(Payloads.encode(value)).toString();
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Random random = new Random(3);
        List<String> parts =
                List.of("1", "{", "}", "\"", "a", "true", "null", " ", ".", "-", "[", "]", ":", "é", "\n", "e");
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(5); n >= 0; n--) {
                text.append(parts.get(random.nextInt(parts.size())));
            }
            JsonValue value = new JsonString(text.toString());
            assertEquals(Optional.of(value), Payloads.decode(Payloads.encode(value)));
            JsonValue read = decode(text.toString());
            assertEquals(Optional.of(read), Payloads.decode(Payloads.encode(read)));
        }
    }

    @Test
    void noBytesMakeItFail() {
        Random random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(12)];
            random.nextBytes(bytes);
            assertTrue(Payloads.decode(ByteBuffer.wrap(bytes)).isPresent());
        }
    }
}
