package io.pipecat.llm.local.gguf;

import io.pipecat.fuzz.Input;
import io.pipecat.fuzz.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model file. */
public final class GgufFuzz {

    private GgufFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        Path file = Scratch.folder().resolve("model.gguf");
        Files.write(file, data);
        try {
            GgufHeader header = GgufReader.read(file);
            Input.check("a vocabulary", header.vocabularySize() > 0 && header.contextLength() > 0);
        } catch (GgufException e) {
            Input.check("a reason", e.getMessage() != null);
        }
    }
}
