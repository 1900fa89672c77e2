package io.pipecat.worldmodel.mqtt;

import io.pipecat.api.NodeInfo;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The name by which a broker knows this node. A broker lets only one in by each name and throws the earlier one out, so it
 * is drawn once and kept in the state folder; a second process on that folder (such as a command beside a running node)
 * gets a passing one and leaves the node's availability alone.
 */
final class ClientId implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClientId.class);
    private static final int DRAWN = 8;
    private static final int NAME = 40;
    private static final Pattern VALID = Pattern.compile("[0-9a-f]{8}");

    private final String text;
    private final boolean node;
    private final Optional<Path> keptIn;
    private final @Nullable FileChannel lock;

    private ClientId(String text, boolean node, Optional<Path> keptIn, @Nullable FileChannel lock) {
        this.text = text;
        this.node = node;
        this.keptIn = keptIn;
        this.lock = lock;
    }

    static ClientId of(NodeInfo node, Path stateDir) {
        Path file = stateDir.resolve("mqtt-client-id");
        String name = "pipecat-" + node.name().replaceAll("[^A-Za-z0-9._-]", "-");
        name = name.substring(0, Math.min(NAME, name.length())) + "-";
        // New at each start, so no two processes have the same.
        String passing = name + node.instanceId();
        FileChannel channel = null;
        boolean kept = false;
        try {
            channel = FileChannel.open(
                    stateDir.resolve("mqtt.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                ClientId id = new ClientId(name + drawn(file, node.instanceId()), true, Optional.of(file), channel);
                kept = true;
                return id;
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("Another node of this process holds {}", file, e);
        } catch (IOException e) {
            LOG.warn(
                    "The name by which the MQTT broker knows this node cannot be kept in {} ({}); it gets a new one at each"
                            + " start.",
                    file,
                    e.toString());
            return new ClientId(passing, true, Optional.empty(), null);
        } finally {
            if (!kept) {
                closeQuietly(channel);
            }
        }
        LOG.info("Another process uses {}; this one goes to the MQTT broker as {}.", stateDir, passing);
        return new ClientId(passing, false, Optional.empty(), null);
    }

    private static String drawn(Path file, String random) throws IOException {
        if (Files.exists(file)) {
            String text = Files.readString(file).strip();
            if (VALID.matcher(text).matches()) {
                return text;
            }
        }
        String drawn = random.substring(0, Math.min(DRAWN, random.length()));
        Files.writeString(file, drawn + "\n");
        return drawn;
    }

    String text() {
        return text;
    }

    /** Whether this process is the node to others, and not a command beside it. */
    boolean isNode() {
        return node;
    }

    /** The file to delete where somebody else uses the same name; empty if it is not kept. */
    Optional<Path> keptIn() {
        return keptIn;
    }

    @Override
    public void close() {
        closeQuietly(lock);
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("Closing a lock failed", e);
        }
    }
}
