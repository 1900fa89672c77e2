package io.pipecat.tools.local.files;

import io.pipecat.api.tool.ToolException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Text as bytes and back. */
final class TextFiles {
    private TextFiles() {}

    /** The text; empty if it is not UTF-8 or holds a NUL, as only binary files do. */
    static Optional<String> decode(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    static String text(Path file, byte[] bytes) throws ToolException {
        return decode(bytes)
                .orElseThrow(() -> ToolException.failed(
                        "'" + file + "' is a binary file of " + bytes.length + " bytes, not text in UTF-8."));
    }

    static byte[] encode(String text) throws ToolException {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        } catch (CharacterCodingException e) {
            throw new ToolException(
                    ToolException.Reason.FAILED, "The text holds half of a character (a lone surrogate).", e);
        }
    }

    /** The lines where a text begins, from 1; the first so many, as a short text may be in a large file millions of times. */
    static List<Integer> linesOf(String wanted, String text, int atMost) {
        List<Integer> lines = new ArrayList<>();
        int line = 1;
        int counted = 0;
        for (int at = text.indexOf(wanted); at >= 0 && lines.size() < atMost; at = text.indexOf(wanted, at + 1)) {
            for (int i = counted; i < at; i++) {
                line += text.charAt(i) == '\n' ? 1 : 0;
            }
            counted = at;
            lines.add(line);
        }
        return lines;
    }
}
