package io.pipecat.server;

import io.pipecat.api.http.ListenException;
import io.pipecat.fuzz.Input;
import io.pipecat.fuzz.Scratch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** A private key in PEM. */
public final class PemKeyFuzz {

    private PemKeyFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        read(data);
        for (String kind : new String[] {"EC ", "RSA ", ""}) {
            String pem = "-----BEGIN " + kind + "PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder().encodeToString(data) + "\n-----END " + kind + "PRIVATE KEY-----\n";
            read(pem.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private static void read(byte[] bytes) throws IOException {
        Path file = Scratch.folder().resolve("key.pem");
        Files.write(file, bytes);
        try {
            Input.check("a key", PemKey.read(file) != null);
        } catch (ListenException e) {
            Input.check("a reason that names the file", e.getMessage().contains("key.pem"));
        }
    }
}
