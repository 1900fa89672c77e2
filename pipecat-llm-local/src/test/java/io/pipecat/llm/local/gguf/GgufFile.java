package io.pipecat.llm.local.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes small GGUF files, right or wrong as a test wants them. */
public final class GgufFile {
    private static final int U32 = 4;
    private static final int I32 = 5;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    private final List<byte[]> values = new ArrayList<>();
    private final List<byte[]> tensors = new ArrayList<>();
    private long version = 3;
    private long claimedTensors = -1;
    private long claimedValues = -1;
    private int dataBytes;

    /** A file that is in order, but for tensors: it has none. */
    public static GgufFile of(String architecture) {
        return new GgufFile()
                .string("general.architecture", architecture)
                .number(architecture + ".context_length", 2048);
    }

    /** A file that is in order, with a tensor and a vocabulary of three. */
    public static GgufFile valid() {
        return of("llama")
                .strings("tokenizer.ggml.tokens", "<unk>", "<|end|>", "a")
                .types(2, 3, 1)
                .tensor("token_embd.weight", 0, 0, 16, 3)
                .data(16 * 3 * 4);
    }

    public GgufFile version(long number) {
        version = number;
        return this;
    }

    public GgufFile claim(long tensorCount, long valueCount) {
        claimedTensors = tensorCount;
        claimedValues = valueCount;
        return this;
    }

    public GgufFile string(String key, String value) {
        return value(key, STRING, text(value));
    }

    public GgufFile number(String key, int value) {
        return value(key, U32, u32(value));
    }

    public GgufFile strings(String key, String... elements) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(u32(STRING));
        out.writeBytes(u64(elements.length));
        for (String element : elements) {
            out.writeBytes(text(element));
        }
        return value(key, ARRAY, out.toByteArray());
    }

    public GgufFile types(int... types) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(u32(I32));
        out.writeBytes(u64(types.length));
        for (int type : types) {
            out.writeBytes(u32(type));
        }
        return value("tokenizer.ggml.token_type", ARRAY, out.toByteArray());
    }

    public GgufFile array(String key, int type, long claimedLength) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(u32(type));
        out.writeBytes(u64(claimedLength));
        return value(key, ARRAY, out.toByteArray());
    }

    public GgufFile value(String key, int type, byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(text(key));
        out.writeBytes(u32(type));
        out.writeBytes(bytes);
        values.add(out.toByteArray());
        return this;
    }

    public GgufFile tensor(String name, int type, long offset, long... extents) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(text(name));
        out.writeBytes(u32(extents.length));
        for (long extent : extents) {
            out.writeBytes(u64(extent));
        }
        out.writeBytes(u32(type));
        out.writeBytes(u64(offset));
        tensors.add(out.toByteArray());
        return this;
    }

    public GgufFile data(int bytes) {
        dataBytes = bytes;
        return this;
    }

    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(u32((int) version));
        out.writeBytes(u64(claimedTensors < 0 ? tensors.size() : claimedTensors));
        out.writeBytes(u64(claimedValues < 0 ? values.size() : claimedValues));
        values.forEach(out::writeBytes);
        tensors.forEach(out::writeBytes);
        out.writeBytes(new byte[(32 - out.size() % 32) % 32]);
        out.writeBytes(new byte[dataBytes]);
        return out.toByteArray();
    }

    static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(u64(bytes.length));
        out.writeBytes(bytes);
        return out.toByteArray();
    }

    static byte[] u32(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    static byte[] u64(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }
}
