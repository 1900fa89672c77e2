package io.pipecat.llm.local.gguf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys and values at the head of a GGUF. Kept are scalars and the two arrays about tokens; the rest is checked and skipped. */
final class Metadata {
    static final String TOKENS = "tokenizer.ggml.tokens";
    static final String TOKEN_TYPES = "tokenizer.ggml.token_type";
    static final String SCORES = "tokenizer.ggml.scores";
    private static final int U8 = 0;
    private static final int I8 = 1;
    private static final int U16 = 2;
    private static final int I16 = 3;
    private static final int U32 = 4;
    private static final int I32 = 5;
    private static final int F32 = 6;
    private static final int BOOL = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;
    private static final int U64 = 10;
    private static final int I64 = 11;
    private static final int F64 = 12;
    private static final int LONGEST_KEY = 65_535;
    private static final int LONGEST_STRING = 16 << 20;
    private static final int LONGEST_TOKEN = 1 << 16;

    private final Path file;
    private final GgufInput in;
    private final Map<String, String> strings = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private final Map<String, Long> arrayLengths = new HashMap<>();
    private List<String> tokens = List.of();
    private byte[] tokenTypes = new byte[0];

    Metadata(Path file, GgufInput in) {
        this.file = file;
        this.in = in;
    }

    void read(long count) throws IOException, GgufException {
        for (long i = 0; i < count; i++) {
            String key = in.string(LONGEST_KEY, "the name of a metadata value");
            long type = in.u32();
            if (type == ARRAY) {
                readArray(key);
            } else if (type == STRING) {
                strings.put(key, in.string(LONGEST_STRING, "the metadata value " + key));
            } else {
                readScalar(key, type);
            }
        }
    }

    private void readScalar(String key, long type) throws IOException, GgufException {
        int width = width(key, type);
        if (type == F32 || type == F64) {
            in.skip(width, "the metadata value " + key);
            return;
        }
        byte[] bytes = in.bytes(width);
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = (value << 8) | Byte.toUnsignedLong(bytes[i]);
        }
        numbers.put(key, value);
    }

    private void readArray(String key) throws IOException, GgufException {
        long type = in.u32();
        long length = in.u64();
        arrayLengths.put(key, length);
        if (key.equals(TOKENS)) {
            require(type == STRING, key);
            tokens = readTokens(length);
        } else if (key.equals(TOKEN_TYPES)) {
            require(type == I32 || type == U32, key);
            tokenTypes = readTypes(length);
        } else if (type == STRING) {
            for (long i = 0; i < length; i++) {
                in.skip(in.u64(), "an element of the metadata value " + key);
            }
        } else {
            require(!key.equals(SCORES) || type == F32, key);
            long width = width(key, type);
            if (length > in.remaining() / width) {
                throw in.truncated("the " + length + " elements of the metadata value " + key);
            }
            in.skip(length * width, "the metadata value " + key);
        }
    }

    // The list grows with what was really read, never by what the file claims.
    private List<String> readTokens(long length) throws IOException, GgufException {
        if (length > in.remaining() / Long.BYTES) {
            throw in.truncated("the " + length + " tokens of its vocabulary");
        }
        List<String> result = new ArrayList<>();
        for (long i = 0; i < length; i++) {
            result.add(in.rawString(LONGEST_TOKEN, "token " + i + " of the vocabulary"));
        }
        return result;
    }

    private byte[] readTypes(long length) throws IOException, GgufException {
        if (length > in.remaining() / Integer.BYTES || length > Integer.MAX_VALUE / Integer.BYTES) {
            throw in.truncated("the types of the " + length + " tokens of its vocabulary");
        }
        byte[] types = new byte[(int) length];
        for (int i = 0; i < types.length; i++) {
            types[i] = (byte) Math.min(in.u32(), Byte.MAX_VALUE);
        }
        return types;
    }

    private int width(String key, long type) throws GgufException {
        return switch ((int) Math.min(type, Integer.MAX_VALUE)) {
            case U8, I8, BOOL -> 1;
            case U16, I16 -> 2;
            case U32, I32, F32 -> 4;
            case U64, I64, F64 -> 8;
            default ->
                throw damaged("the metadata value " + key + " has the type " + type + ", which GGUF does not know");
        };
    }

    private void require(boolean holds, String key) throws GgufException {
        if (!holds) {
            throw damaged("the metadata value " + key + " is not of the type that it must have");
        }
    }

    private GgufException damaged(String what) {
        return new GgufException("The model file " + file + " is damaged: " + what + ". Get it again.");
    }

    Optional<String> string(String key) {
        return Optional.ofNullable(strings.get(key));
    }

    Optional<Long> number(String key) {
        return Optional.ofNullable(numbers.get(key));
    }

    long arrayLength(String key) {
        @Nullable Long length = arrayLengths.get(key);
        return length == null ? -1 : length;
    }

    /** Each byte of a token as one character. */
    List<String> rawTokens() {
        return tokens;
    }

    byte[] tokenTypes() {
        return tokenTypes;
    }
}
