package io.pipecat.tools.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecoderTest {
    private static final String WORD = "Größe €";

    private static String decode(byte[] bytes, String header) throws Exception {
        return Decoder.decode(bytes, ContentType.of(header));
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, text/html; charset=utf-8",
        "windows-1252, text/html; charset=windows-1252",
        "windows-1252, text/html; charset=ISO-8859-1",
        "windows-1252, text/html",
        "UTF-8, text/html",
        "UTF-8, text/html; charset=no-such-thing",
        "ISO-8859-15, text/plain; charset=\"iso-8859-15\"",
        "UTF-16LE, text/plain; charset=utf-16le"
    })
    void followsTheServer(String written, String header) throws Exception {
        assertEquals(WORD, decode(WORD.getBytes(Charset.forName(written)), header));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Shift_JIS | <html><meta charset=Shift_JIS><p>日本語",
                "GB18030 | <meta http-equiv='Content-Type' content='text/html; charset=gb18030'><p>中文",
                "UTF-8 | <meta charset=\"utf-16\"><p>日本語",
                "ISO-8859-2 | <?xml version='1.0' encoding='iso-8859-2'?><p>Łódź"
            })
    void followsThePage(String written, String page) throws Exception {
        assertEquals(page, decode(page.getBytes(Charset.forName(written)), "text/html"));
    }

    @Test
    void followsTheByteOrderMarkBeforeAll() throws Exception {
        for (Charset charset :
                new Charset[] {StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE}) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(("\uFEFF" + WORD).getBytes(charset));
            assertEquals(WORD, decode(bytes.toByteArray(), "text/html; charset=windows-1252"));
        }
    }

    @Test
    void refusesBinary() {
        assertThrows(Fetched.UnreadableException.class, () -> decode(new byte[] {1, 0, 2}, "text/plain"));
    }

    @Test
    void emptyIsEmpty() throws Exception {
        assertEquals("", decode(new byte[0], "text/html"));
    }
}
