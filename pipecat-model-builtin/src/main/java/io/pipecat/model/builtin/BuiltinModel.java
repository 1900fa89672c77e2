package io.pipecat.model.builtin;

import io.pipecat.api.model.BundledModel;
import java.io.IOException;
import java.io.InputStream;

/** A model of one and a half megabytes that greets, calculates, tells the time and switches devices, and refuses the rest. */
public final class BuiltinModel implements BundledModel {
    private static final String FILE = "tiny-home.q8_0.gguf";
    private static final String SHA256 = "2621f583b10209acd57229cffb2d0227cf0160b715038096ec48146ebb40e765";

    /** Makes the provider; opens nothing. */
    public BuiltinModel() {}

    @Override
    public String name() {
        return "builtin";
    }

    @Override
    public String description() {
        return "tiny-home, 1.4 million parameters in 1.5 MB: it greets, has sums calculated, tells the time and date and"
                + " passes on simple device requests in English; it knows nothing else and says so.";
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
