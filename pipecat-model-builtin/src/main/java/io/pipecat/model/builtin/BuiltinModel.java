package io.pipecat.model.builtin;

import io.pipecat.api.model.BundledModel;
import java.io.IOException;
import java.io.InputStream;

/** A model of two megabytes that greets, calculates, tells the time and switches devices, and refuses the rest; made by {@code training/}. */
public final class BuiltinModel implements BundledModel {
    private static final String FILE = "pipecat-home.q8_0.gguf";
    private static final String SHA256 = "221eacf7acd572f0c40e79f4dcc806213fcf7288100bbbbee8b82afae0eec81a";

    /** Makes the provider; opens nothing. */
    public BuiltinModel() {}

    @Override
    public String name() {
        return "builtin";
    }

    @Override
    public String description() {
        return "pipecat-home, 2.1 million parameters in 2.3 MB: it greets, has sums calculated, tells the time and date, asks"
                + " and switches devices, and calls simple tools, in English; it knows nothing else and says so.";
    }

    @Override
    public String sha256() {
        return SHA256;
    }

    @Override
    public InputStream open() throws IOException {
        InputStream bytes = BuiltinModel.class.getResourceAsStream(FILE);
        if (bytes == null) {
            throw new IOException("The jar of pipecat-model-builtin lacks its model file " + FILE
                    + "; the jar is damaged or incomplete. Build or download it again.");
        }
        return bytes;
    }
}
