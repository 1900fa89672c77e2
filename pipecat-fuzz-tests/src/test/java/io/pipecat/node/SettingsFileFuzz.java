package io.pipecat.node;

import io.pipecat.api.setting.SettingsException;
import io.pipecat.fuzz.Input;
import io.pipecat.fuzz.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code pipecat.yaml}. */
public final class SettingsFileFuzz {

    private SettingsFileFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        Path file = Scratch.folder().resolve("pipecat.yaml");
        Files.write(file, data);
        try {
            SettingsFile.read(file).values().values().forEach(value -> Input.check("a text", value != null));
        } catch (SettingsException e) {
            Input.check("a reason that names the file", e.getMessage().contains("pipecat.yaml"));
        }
    }
}
