package io.pipecat.llm.local.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.model.builtin.BuiltinModel;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GgufReaderTest {
    @TempDir
    private Path folder;

    private GgufHeader read(byte[] bytes) throws Exception {
        return GgufReader.read(Files.write(folder.resolve("model.gguf"), bytes));
    }

    private static byte[] builtin() throws Exception {
        try (InputStream in = new BuiltinModel().open()) {
            return in.readAllBytes();
        }
    }

    @Test
    void readsTheBuiltinModel() throws Exception {
        byte[] bytes = builtin();
        GgufHeader header = read(bytes);

        assertEquals("llama", header.architecture());
        assertEquals("pipecat-home", header.name());
        assertEquals(1024, header.contextLength());
        assertEquals(1664, header.vocabularySize());
        assertEquals(47, header.tensorCount());
        assertEquals(bytes.length, header.fileSize());
        assertEquals("llama", header.tokenizer());
        assertEquals(java.util.Set.of("<|im_start|>", "<|im_end|>", "<|endoftext|>"), header.controlTokens());
        assertTrue(header.userTokens().contains("<tool_call>"), header.toString());
        assertTrue(header.chatTemplate().contains("<|im_start|>"), header.toString());
        assertTrue(!header.mayAddStart());
    }

    @Test
    void takesTheNameFromTheFileWhereThereIsNone() throws Exception {
        assertEquals("model", read(GgufFile.valid().bytes()).name());
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("a text file", "hello, I am no model\n".getBytes(StandardCharsets.UTF_8)),
                Arguments.of("is empty", new byte[0]),
                Arguments.of("web page", "<!DOCTYPE html><html>404</html>".getBytes(StandardCharsets.UTF_8)),
                Arguments.of(
                        "Git LFS", "version https://git-lfs.github.com/spec/v1\noid".getBytes(StandardCharsets.UTF_8)),
                Arguments.of("zip archive", new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0}),
                Arguments.of("before GGUF", new byte[] {'t', 'j', 'g', 'g', 3, 0, 0, 0}),
                Arguments.of("does not begin", new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}),
                Arguments.of("big-endian", GgufFile.valid().version(3 << 24).bytes()),
                Arguments.of("version 1;", GgufFile.valid().version(1).bytes()),
                Arguments.of("version 4;", GgufFile.valid().version(4).bytes()),
                Arguments.of("truncated", new byte[] {'G', 'G', 'U', 'F', 3, 0}),
                Arguments.of("claims", GgufFile.valid().claim(Long.MAX_VALUE, 1).bytes()),
                Arguments.of("claims", GgufFile.valid().claim(1, 1L << 62).bytes()),
                Arguments.of("names no architecture", new GgufFile().data(99).bytes()),
                Arguments.of("'qwen3'", GgufFile.of("qwen3").bytes()),
                Arguments.of("It knows arctic", GgufFile.of("gemma3n").bytes()),
                Arguments.of("does not write text", GgufFile.of("bert").bytes()),
                Arguments.of(
                        "a model's adapter",
                        GgufFile.of("llama").string("general.type", "adapter").bytes()),
                Arguments.of(
                        "does not say its context length",
                        new GgufFile()
                                .string("general.architecture", "llama")
                                .strings("tokenizer.ggml.tokens", "a")
                                .data(64)
                                .bytes()),
                Arguments.of("no vocabulary", GgufFile.of("llama").data(64).bytes()),
                Arguments.of(
                        "tokens 0 and 2 of its vocabulary are both \"über\"",
                        GgufFile.of("llama")
                                .strings("tokenizer.ggml.tokens", "über", "b", "über")
                                .bytes()),
                Arguments.of(
                        "has 2 entries for 3 tokens",
                        GgufFile.of("llama")
                                .strings("tokenizer.ggml.tokens", "a", "b", "c")
                                .types(1, 1)
                                .bytes()),
                Arguments.of(
                        "truncated",
                        GgufFile.of("llama")
                                .array("tokenizer.ggml.tokens", 8, 1L << 40)
                                .bytes()),
                Arguments.of(
                        "truncated",
                        GgufFile.of("llama")
                                .array("tokenizer.ggml.scores", 6, Long.MAX_VALUE)
                                .bytes()),
                Arguments.of(
                        "not of the type",
                        GgufFile.of("llama")
                                .array("tokenizer.ggml.tokens", 4, 0)
                                .bytes()),
                Arguments.of(
                        "type 77",
                        GgufFile.of("llama").value("x", 77, new byte[64]).bytes()),
                Arguments.of(
                        "truncated",
                        GgufFile.of("llama").value("x", 8, GgufFile.u64(-1)).bytes()),
                Arguments.of(
                        "is truncated",
                        Arrays.copyOf(GgufFile.valid().bytes(), GgufFile.valid().bytes().length - 1)),
                Arguments.of(
                        "is absurd",
                        GgufFile.valid().tensor("t", 0, 0, 1L << 40, 1L << 40).bytes()),
                Arguments.of(
                        "number format 39",
                        GgufFile.valid().tensor("t", 39, 0, 32).bytes()),
                Arguments.of(
                        "5 dimensions",
                        GgufFile.valid().tensor("t", 0, 0, 1, 1, 1, 1, 1).bytes()),
                Arguments.of(
                        "no elements", GgufFile.valid().tensor("t", 0, 0, 0).bytes()),
                Arguments.of(
                        "twice",
                        GgufFile.valid().tensor("token_embd.weight", 0, 0, 1).bytes()),
                Arguments.of(
                        "alignment is 7",
                        GgufFile.valid().number("general.alignment", 7).bytes()),
                Arguments.of(
                        "part 2 of 3",
                        GgufFile.valid()
                                .number("split.count", 3)
                                .number("split.no", 1)
                                .bytes()));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void saysWhatIsWrong(String part, byte[] bytes) {
        GgufException e = assertThrows(GgufException.class, () -> read(bytes));

        assertTrue(e.getMessage().contains(part), e.getMessage());
        assertTrue(e.getMessage().contains(folder.resolve("model.gguf").toString()), e.getMessage());
    }

    @Test
    void saysThatAFileIsNotThereOrIsADirectory() {
        Path missing = folder.resolve("missing.gguf");
        assertTrue(assertThrows(GgufException.class, () -> GgufReader.read(missing))
                .getMessage()
                .contains("does not exist"));
        assertTrue(assertThrows(GgufException.class, () -> GgufReader.read(folder))
                .getMessage()
                .contains("is a directory"));
    }

    @Test
    void asksForTheMissingPartsOfAModel() throws Exception {
        byte[] first =
                GgufFile.valid().number("split.count", 2).number("split.no", 0).bytes();
        Path file = Files.write(folder.resolve("big-00001-of-00002.gguf"), first);

        GgufException e = assertThrows(GgufException.class, () -> GgufReader.read(file));
        assertTrue(e.getMessage().contains("big-00002-of-00002.gguf"), e.getMessage());

        Files.write(folder.resolve("big-00002-of-00002.gguf"), first);
        assertEquals("llama", GgufReader.read(file).architecture());
    }

    @Test
    void survivesAnyTruncationAndAnyDamage() throws Exception {
        byte[] whole = builtin();
        byte[] head = Arrays.copyOf(whole, 40_000);
        Random random = new Random(20261122);
        for (int i = 0; i < 200; i++) {
            byte[] cut = Arrays.copyOf(whole, random.nextInt(40_000));
            assertThrows(GgufException.class, () -> read(cut));
        }
        for (int i = 0; i < 600; i++) {
            byte[] damaged = head.clone();
            for (int k = 0; k < 4; k++) {
                damaged[random.nextInt(i % 2 == 0 ? 1_500 : damaged.length)] = (byte) random.nextInt(256);
            }
            // Its tensors are cut off, so that it cannot be in order whatever the damage.
            assertThrows(GgufException.class, () -> read(damaged));
        }
    }
}
