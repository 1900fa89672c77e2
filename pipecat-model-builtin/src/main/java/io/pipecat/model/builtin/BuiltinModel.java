package io.pipecat.model.builtin;

import io.pipecat.api.model.BundledModel;
import java.io.IOException;
import java.io.InputStream;

/** A model of four megabytes that greets, calculates, tells the time and switches devices, and declines the rest; see docs/builtin-model.md. */
public final class BuiltinModel implements BundledModel {
    private static final String FILE = "pipecat-home.q8_0.gguf";
    private static final String SHA256 = "ad82514897f9716a60fdcda13db2e5f3620d2efc87c56932413cb26a641df903";

    /** Makes the provider; opens nothing. */
    public BuiltinModel() {}

    @Override
    public String name() {
        return "builtin";
    }

    @Override
    public String description() {
        return "pipecat-home, 4 million parameters in 4.3 MB: it greets, has sums calculated, tells time and date, asks for and"
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
