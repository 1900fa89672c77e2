package io.pipecat.homeassistant.discovery;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what was shown to Home Assistant, over restarts: the broker keeps it, so that it has to be taken back when it is gone. Not
 * thread-safe.
 *
 * @param file where it is kept
 */
record PublishedIds(Path file) {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedIds.class);

    Set<String> read() {
        try {
            return new TreeSet<>(Files.readAllLines(file).stream()
                    .filter(line -> line.matches("[a-zA-Z0-9_-]+"))
                    .toList());
        } catch (NoSuchFileException e) {
            return Set.of();
        } catch (IOException e) {
            LOG.warn(
                    "What was shown to Home Assistant before is not known, since {} cannot be read: {}",
                    file,
                    e.toString());
            return Set.of();
        }
    }

    void write(Collection<String> ids) {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(next, List.copyOf(new TreeSet<>(ids)));
            move(next);
        } catch (IOException e) {
            LOG.warn(
                    "{} cannot be written: {}; devices that are removed while this node is away stay in Home Assistant",
                    file,
                    e.toString());
        }
    }

    private void move(Path next) throws IOException {
        try {
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            LOG.debug("{} is replaced in two steps", file, e);
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
