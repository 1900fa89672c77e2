package io.pipecat.tools.mcp;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a server offered, so that its tools are there at the next start before the server is. Loss of it costs nothing but that.
 *
 * @param folder where the files are
 */
record CatalogueCache(Path folder) {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogueCache.class);
    private static final String SERVER = "server";

    /** Returns what this server offered last; empty if that is not known, or the name stood for another server. */
    Optional<Catalogue> read(ServerEntry entry, Optional<Duration> timeout) {
        Path file = file(entry);
        try {
            JsonObject kept = Json.parseObject(Files.readString(file));
            if (!kept.string(SERVER).equals(Optional.of(entry.toString()))) {
                return Optional.empty();
            }
            return Optional.of(Catalogue.of(
                    entry.name(),
                    kept.object("about").orElse(JsonObject.EMPTY),
                    kept.array("tools").orElse(JsonArray.EMPTY),
                    timeout));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | JsonException e) {
            LOG.warn("{}, the tools that MCP server {} had, cannot be read and is ignored", file, entry.name(), e);
            return Optional.empty();
        }
    }

    /** Keeps what this server offers. */
    void write(ServerEntry entry, Catalogue catalogue) {
        Path file = file(entry);
        try {
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(folder, entry.name(), ".new");
            // Whole or not at all: another process may read it meanwhile.
            Files.writeString(
                    fresh,
                    catalogue.source().toBuilder()
                            .put(SERVER, entry.toString())
                            .build()
                            .toString());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn(
                    "The tools of MCP server {} could not be kept in {}; after a restart they are there later",
                    entry.name(),
                    file,
                    e);
        }
    }

    private Path file(ServerEntry entry) {
        return folder.resolve(entry.name() + ".json");
    }
}
