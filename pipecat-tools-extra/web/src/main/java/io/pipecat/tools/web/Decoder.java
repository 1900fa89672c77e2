package io.pipecat.tools.web;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes text of bytes. What the text is written in is told, in this order, by a byte order mark, the server, the page itself (in its first
 * kilobyte, as in the HTML standard), and the bytes: UTF-8 if they are valid in it.
 */
final class Decoder {
    private static final int DECLARED_WITHIN = 1024;
    private static final Pattern DECLARATION = Pattern.compile(
            "<meta[^>]{0,300}?charset\\s*=\\s*[\"']?([\\w:.-]{1,40})|<\\?xml[^>]{0,200}?encoding\\s*=\\s*[\"']([\\w:.-]{1,40})");
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Decoder() {}

    /**
     * Decodes.
     *
     * @throws Fetched.UnreadableException if the bytes are no text at all
     */
    static String decode(byte[] bytes, ContentType type) throws Fetched.UnreadableException {
        Optional<Charset> known = marked(bytes).or(type::charset).or(() -> declared(bytes));
        String text = known.isPresent() ? new String(bytes, known.get()) : guessed(bytes);
        if (text.indexOf('\0') >= 0) {
            throw new Fetched.UnreadableException();
        }
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private static Optional<Charset> marked(byte[] bytes) {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return Optional.of(StandardCharsets.UTF_8);
        }
        if (startsWith(bytes, 0xFE, 0xFF)) {
            return Optional.of(StandardCharsets.UTF_16BE);
        }
        return startsWith(bytes, 0xFF, 0xFE) ? Optional.of(StandardCharsets.UTF_16LE) : Optional.empty();
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        boolean same = bytes.length >= mark.length;
        for (int i = 0; same && i < mark.length; i++) {
            same = (bytes[i] & 0xFF) == mark[i];
        }
        return same;
    }

    private static Optional<Charset> declared(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, DECLARED_WITHIN), StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT);
        Matcher matcher = DECLARATION.matcher(start);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        // A declaration that could be read byte by byte is not in UTF-16, whatever it says.
        return name.startsWith("utf-16") ? Optional.of(StandardCharsets.UTF_8) : Charsets.find(name);
    }

    private static String guessed(byte[] bytes) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return text.toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, Charsets.WESTERN);
        }
    }
}
