package io.pipecat.api.model;

import io.pipecat.api.Provider;
import java.io.IOException;
import java.io.InputStream;

/**
 * A model file in a jar. The node unpacks it into its state folder, checks the digest, and uses the file like any other
 * GGUF. Its {@link #name()} is what {@code LOCAL_LLM_MODEL_PATH} may say instead of a file: {@code builtin}.
 */
public interface BundledModel extends Provider {

    /**
     * Returns what the model is, for people: one sentence with its size and what it can and cannot do.
     *
     * @return the sentence
     */
    String description();

    /**
     * Returns the digest of the file.
     *
     * @return SHA-256, 64 lower-case hex digits
     */
    String sha256();

    /**
     * Opens the file's bytes.
     *
     * @return the GGUF; closed by the caller
     * @throws IOException if the jar is damaged
     */
    InputStream open() throws IOException;
}
