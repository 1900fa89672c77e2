package io.pipecat.llm.local.gguf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the header of a GGUF and checks all that would make the native reader fail without a reason or abort the process. Safe on
 * any bytes: what it allocates is bounded by what the file really holds.
 */
public final class GgufReader {
    private static final long OLDEST = 2;
    private static final long NEWEST = 3;
    private static final int DEFAULT_ALIGNMENT = 32;
    private static final int MAX_DIMENSIONS = 4;
    private static final int SMALLEST_TENSOR_INFO = 8 + 4 + 8 + 4 + 8;
    private static final int SMALLEST_VALUE = 8 + 4 + 1;
    private static final int LONGEST_TENSOR_NAME = 63;
    private static final byte CONTROL = 3;
    private static final byte USER_DEFINED = 4;

    private final Path file;
    private final GgufInput in;

    private GgufReader(Path file, GgufInput in) {
        this.file = file;
        this.in = in;
    }

    /**
     * Reads and checks a model file.
     *
     * @param file the file
     * @return what it says of itself
     * @throws GgufException if it is no model that can be used here, with the reason and the remedy
     */
    public static GgufHeader read(Path file) throws GgufException {
        if (Files.isDirectory(file)) {
            throw new GgufException(
                    "The model file " + file + " is a directory. Set LOCAL_LLM_MODEL_PATH to the .gguf file itself.");
        }
        if (!Files.exists(file)) {
            throw new GgufException("The model file " + file
                    + " does not exist. Put a GGUF there, or set LOCAL_LLM_MODEL_PATH to one that exists.");
        }
        try (GgufInput in = new GgufInput(file)) {
            return new GgufReader(file, in).read();
        } catch (AccessDeniedException e) {
            throw new GgufException(
                    "The model file " + file + " may not be read by this user. Give read permission (chmod a+r).", e);
        } catch (IOException e) {
            throw new GgufException(
                    "Reading the model file " + file + " failed: " + e.getMessage()
                            + ". Check the disk, then try again.",
                    e);
        }
    }

    private GgufHeader read() throws IOException, GgufException {
        checkStart();
        long tensors = in.u64();
        long values = in.u64();
        if (tensors > in.remaining() / SMALLEST_TENSOR_INFO || values > in.remaining() / SMALLEST_VALUE) {
            throw new GgufException("The model file " + file + " claims " + tensors + " tensors and " + values
                    + " metadata values, more than its " + in.size()
                    + " bytes can hold; it is damaged or truncated. Get it again.");
        }
        Metadata metadata = new Metadata(file, in);
        metadata.read(values);
        String architecture =
                metadata.string("general.architecture").orElseThrow(() -> damaged("it names no architecture"));
        ModelFamilies.check(file, architecture, metadata.string("general.type").orElse("model"));
        checkSplit(metadata);
        checkVocabulary(metadata);
        checkTensors(tensors, metadata);
        return header(metadata, architecture, tensors);
    }

    private GgufHeader header(Metadata metadata, String architecture, long tensors) throws GgufException {
        long context = metadata.number(architecture + ".context_length")
                .orElseThrow(() -> damaged("it does not say its context length"));
        if (context < 1) {
            throw damaged("its context length is " + context);
        }
        String fileName = String.valueOf(file.getFileName());
        return new GgufHeader(
                file,
                in.size(),
                architecture,
                metadata.string("general.name")
                        .filter(name -> !name.isBlank())
                        .orElse(fileName.replaceFirst("(?i)\\.gguf$", "")),
                (int) Math.min(context, Integer.MAX_VALUE),
                metadata.string("tokenizer.chat_template").orElse(""),
                metadata.string("tokenizer.ggml.model").orElse(""),
                metadata.rawTokens().size(),
                new HashSet<>(tokensOfType(metadata, CONTROL)),
                tokensOfType(metadata, USER_DEFINED),
                metadata.number("tokenizer.ggml.add_bos_token").orElse(1L) != 0,
                tensors);
    }

    private void checkStart() throws IOException, GgufException {
        byte[] start = in.bytes((int) Math.min(in.size(), 64));
        String text = new String(start, StandardCharsets.ISO_8859_1);
        if (!text.startsWith("GGUF")) {
            throw new GgufException("The model file " + file + " is not a GGUF: " + whatItIs(text)
                    + ". LOCAL_LLM_MODEL_PATH takes a model in GGUF format.");
        }
        in.rewindTo(4);
        long version = in.u32();
        if (version >= 1 << 16 && Integer.reverseBytes((int) version) <= NEWEST) {
            throw new GgufException("The model file " + file
                    + " is a big-endian GGUF, which this machine cannot read. Get the little-endian file.");
        }
        if (version < OLDEST || version > NEWEST) {
            throw new GgufException("The model file " + file + " is GGUF version " + version + "; versions " + OLDEST
                    + " and " + NEWEST + " are supported. "
                    + (version < OLDEST ? "Convert it with a current llama.cpp." : "Use a llama-server that knows it.")
                    + ModelFamilies.SERVER_REMEDY);
        }
    }

    private static String whatItIs(String start) {
        if (start.isEmpty()) {
            return "it is empty";
        }
        if (start.startsWith("version https://git-lfs")) {
            return "it is a pointer of Git LFS; run git lfs pull to get the file itself";
        }
        if (start.startsWith("PK")) {
            return "it is a zip archive, perhaps a PyTorch model, which has to be converted";
        }
        if (start.startsWith("lmgg") || start.startsWith("tjgg") || start.startsWith("fmgg")) {
            return "it is a model in the format before GGUF, which has to be converted";
        }
        String lower = start.strip().toLowerCase(java.util.Locale.ROOT);
        if (lower.startsWith("<!doctype") || lower.startsWith("<html")) {
            return "it is a web page, so its download went wrong";
        }
        boolean text = start.chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\r' || c == '\t');
        return text ? "it is a text file" : "it does not begin with the letters GGUF";
    }

    private void checkSplit(Metadata metadata) throws GgufException {
        long parts = metadata.number("split.count").orElse(0L);
        long part = metadata.number("split.no").orElse(0L);
        if (parts <= 1) {
            return;
        }
        String name = String.valueOf(file.getFileName());
        String ending = "-%05d-of-%05d.gguf";
        String own = String.format(java.util.Locale.ROOT, ending, part + 1, parts);
        if (part != 0 || !name.endsWith(own)) {
            throw new GgufException("The model file " + file + " is part " + (part + 1) + " of " + parts
                    + ". Keep all parts in one folder under their original names and set LOCAL_LLM_MODEL_PATH to the"
                    + " first, whose name ends in " + String.format(java.util.Locale.ROOT, ending, 1, parts) + ".");
        }
        String stem = name.substring(0, name.length() - own.length());
        for (long i = 2; i <= parts; i++) {
            Path sibling = file.resolveSibling(stem + String.format(java.util.Locale.ROOT, ending, i, parts));
            if (!Files.isRegularFile(sibling)) {
                throw new GgufException("The model file " + file + " is the first of " + parts + " parts, and "
                        + sibling.getFileName() + " is not beside it. Get all parts into one folder.");
            }
        }
    }

    private void checkVocabulary(Metadata metadata) throws GgufException {
        List<String> tokens = metadata.rawTokens();
        if (tokens.isEmpty()) {
            throw damaged("it holds no vocabulary");
        }
        for (String key : List.of(Metadata.TOKEN_TYPES, Metadata.SCORES)) {
            long length = metadata.arrayLength(key);
            if (length >= 0 && length != tokens.size()) {
                throw damaged(key + " has " + length + " entries for " + tokens.size() + " tokens");
            }
        }
        Map<String, Integer> seen = HashMap.newHashMap(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            Integer other = token.isEmpty() ? null : seen.putIfAbsent(token, i);
            if (other != null) {
                throw damaged("tokens " + other + " and " + i + " of its vocabulary are both \"" + utf8(token) + "\"");
            }
        }
    }

    private void checkTensors(long count, Metadata metadata) throws IOException, GgufException {
        long alignment = metadata.number("general.alignment").orElse((long) DEFAULT_ALIGNMENT);
        if (alignment < 8 || alignment > 1 << 20 || Long.bitCount(alignment) != 1) {
            throw damaged("its alignment is " + alignment);
        }
        long end = 0;
        String last = "";
        Set<String> names = new HashSet<>();
        for (long i = 0; i < count; i++) {
            String name = in.string(LONGEST_TENSOR_NAME, "the name of a tensor");
            if (!names.add(name)) {
                throw damaged("it holds the tensor " + name + " twice");
            }
            long tensorEnd = tensorEnd(name);
            if (tensorEnd > end) {
                end = tensorEnd;
                last = name;
            }
        }
        long dataStart = (in.position() + alignment - 1) & -alignment;
        if (end > in.size() - dataStart) {
            throw in.truncated("the tensor " + last + ", which ends at byte " + dataStart + " + " + end + ",");
        }
    }

    private long tensorEnd(String name) throws IOException, GgufException {
        long dimensions = in.u32();
        if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
            throw damaged("the tensor " + name + " has " + dimensions + " dimensions");
        }
        try {
            long elements = 1;
            for (long d = 0; d < dimensions; d++) {
                long extent = in.u64();
                if (extent < 1) {
                    throw damaged("the tensor " + name + " has no elements");
                }
                elements = Math.multiplyExact(elements, extent);
            }
            long type = in.u32();
            TensorType known = TensorType.of(type)
                    .orElseThrow(() -> new GgufException("The model file " + file + " holds the tensor " + name
                            + " in the number format " + type + ", which llama.cpp build b4916 does not know."
                            + ModelFamilies.SERVER_REMEDY));
            return Math.addExact(in.u64(), known.bytes(elements));
        } catch (ArithmeticException e) {
            throw damaged("the size of the tensor " + name + " is absurd");
        }
    }

    private GgufException damaged(String what) {
        return new GgufException("The model file " + file + " is damaged: " + what + ". Get it again.");
    }

    private static List<String> tokensOfType(Metadata metadata, byte type) {
        List<String> result = new ArrayList<>();
        byte[] types = metadata.tokenTypes();
        for (int i = 0; i < types.length; i++) {
            if (types[i] == type) {
                result.add(utf8(metadata.rawTokens().get(i)));
            }
        }
        return result;
    }

    private static String utf8(String raw) {
        return new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
