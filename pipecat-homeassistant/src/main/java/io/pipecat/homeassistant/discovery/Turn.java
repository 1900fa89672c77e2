package io.pipecat.homeassistant.discovery;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose turn it is to speak for a node: of several processes on its state folder, such as a command beside a running node, the first one's.
 * Two would obey Home Assistant twice, and take back what the other shows.
 *
 * @param lock held until this is closed
 */
record Turn(FileChannel lock) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);
    private static final String FILE = "home-assistant.lock";

    /** Takes it, unless another process has it. */
    static Optional<Turn> take(Path folder) {
        FileChannel channel = null;
        boolean taken = false;
        try {
            channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            taken = channel.tryLock() != null;
            if (taken) {
                return Optional.of(new Turn(channel));
            }
            LOG.info("Another process shows this node to Home Assistant; this one leaves that to it");
            return Optional.empty();
        } catch (OverlappingFileLockException e) {
            LOG.debug("Another node of this process has {}", folder, e);
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("Nothing is shown to Home Assistant, since {} cannot be written to: {}", folder, e.toString());
            return Optional.empty();
        } finally {
            if (!taken) {
                close(channel);
            }
        }
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("Closing a lock failed", e);
        }
    }

    @Override
    public void close() {
        close(lock);
    }
}
