package io.pipecat.tools.remote;

import io.pipecat.api.json.JsonObject;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.json.JsonLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last catalogue on disk, so that the tools are known after a restart while the server is away. */
final class CatalogueFile {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogueFile.class);
    private static final Json JSON = Json.within(JsonLimits.DEFAULT.withMaxLength(Http.MAX_BODY + (1 << 20)));
    private static final int VERSION = 1;

    /**
     * A catalogue as it was received.
     *
     * @param tools what the server sent
     * @param asOf when
     */
    record Kept(JsonObject tools, Instant asOf) {}

    private final Path file;

    CatalogueFile(Path stateDir) {
        this.file = stateDir.resolve("tools-remote").resolve("catalogue.json");
    }

    /**
     * Reads the catalogue.
     *
     * @param server whose it must be, see {@link Servers#identity()}
     * @return the catalogue; empty if there is none, it is another server's, or it cannot be read
     */
    Optional<Kept> read(String server) {
        try {
            if (!(JSON.read(Files.readAllBytes(file)) instanceof JsonObject all)
                    || !all.number("version").map(Object::toString).equals(Optional.of(String.valueOf(VERSION)))
                    || !all.string("server").equals(Optional.of(server))) {
                return Optional.empty();
            }
            Instant asOf = Instant.parse(all.string("as_of").orElse(""));
            return all.object("tools").map(tools -> new Kept(tools, asOf));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | JsonException | DateTimeException e) {
            LOG.warn("{} cannot be read and will be written anew: {}", file, e.toString());
            return Optional.empty();
        }
    }

    /** Writes the catalogue. Without it the node works as well, so a failure is only logged. */
    void write(String server, Kept kept) {
        JsonObject all = JsonObject.builder()
                .put("version", VERSION)
                .put("server", server)
                .put("as_of", kept.asOf().toString())
                .put("tools", kept.tools())
                .build();
        try {
            Files.createDirectories(file.getParent());
            Path temporary = Files.createTempFile(file.getParent(), "catalogue", ".tmp");
            try {
                Files.write(temporary, all.toString().getBytes(StandardCharsets.UTF_8));
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            LOG.warn("What the tool server offers cannot be kept in {}: {}", file, e.toString());
        }
    }
}
