package io.pipecat.model.builtin;

import io.pipecat.api.model.BundledModel;
import java.io.IOException;
import java.io.InputStream;

/** A model of three and a half megabytes that greets, calculates, tells the time and switches devices, and declines the rest; see docs/builtin-model.md. */
public final class BuiltinModel implements BundledModel {
    private static final String FILE = "pipecat-home.q8_0.gguf";
    private static final String SHA256 = "36f2e6ee2aa752859cc1b9186f0f0c2b0ddf3fab31c23d1c86400e2a2a2cc97a";

    /** Makes the provider; opens nothing. */
    public BuiltinModel() {}

    @Override
    public String name() {
        return "builtin";
    }

    @Override
    public String description() {
        return "pipecat-home, 3.3 million parameters in 3.5 MB: it greets, has sums calculated, tells time and date, asks for and"
                + " changes the state of devices and calls simple tools, in English; it knows nothing else and says so.";
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
