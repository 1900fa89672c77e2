package io.pipecat.worldmodel.local;

import io.pipecat.api.json.JsonValue;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.json.JsonLimits;
import io.pipecat.worldmodel.state.Payloads;
import io.pipecat.worldmodel.state.TopicTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.StringDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics on disk: a store of H2, which writes new pages beside the old ones and so is whole whenever the process dies. Not
 * thread-safe.
 */
final class StateFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);
    private static final String FILE = "state.mv";
    private static final String MAP = "topics";
    private static final int VERSION = 1;
    private static final int CACHE_MIB = 4;
    private static final int COMMIT_EVERY = 50_000;
    /** Files are rewritten in part when less of them than this is in use. */
    private static final int FILL_PERCENT = 50;

    private static final int COMPACT_BYTES = 4 << 20;
    /** Escapes make a text up to six times as long as its payload. */
    private static final Json JSON = Json.within(new JsonLimits(JsonValue.MAX_DEPTH, 7 * Payloads.MAX_BYTES, 1 << 20));

    /** A topic, and its value or that it has none any more. */
    record Entry(String topic, Optional<JsonValue> value) {}

    /**
     * A file that was opened.
     *
     * @param file the file
     * @param setAside where an older one went that could not be read
     */
    record Opened(StateFile file, Optional<Path> setAside) {}

    private final Path path;
    private final MVStore store;
    private final MVMap<String, String> topics;

    private StateFile(Path path, MVStore store) {
        this.path = path;
        this.store = store;
        this.topics = store.openMap(
                MAP,
                new MVMap.Builder<String, String>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(StringDataType.INSTANCE));
    }

    /**
     * Opens the file of a folder, or makes it. One that is there and cannot be read is set aside.
     *
     * @throws WorldModelException if another process has it open, or the folder cannot be written to
     */
    static Opened open(Path folder, Instant now) throws WorldModelException {
        Path path = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            return new Opened(openStore(path), Optional.empty());
        } catch (MVStoreException e) {
            if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
                throw new WorldModelException(
                        "The state of the house in " + path
                                + " is in use by another process. Stop that node, or give this"
                                + " one a state_dir of its own.",
                        e);
            }
            if (!Files.isReadable(path) || !Files.isWritable(path)) {
                throw unusable(path, e);
            }
            return replace(path, now, e);
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    private static Opened replace(Path path, Instant now, MVStoreException broken) throws WorldModelException {
        Path aside = path.resolveSibling(FILE + ".broken-" + now.getEpochSecond());
        LOG.warn(
                "The state of the house in {} cannot be read ({}); it is set aside as {}",
                path,
                broken.getMessage(),
                aside);
        LOG.debug("why it cannot be read", broken);
        try {
            Files.move(path, aside);
            return new Opened(openStore(path), Optional.of(aside));
        } catch (IOException | MVStoreException e) {
            throw unusable(path, e);
        }
    }

    private static WorldModelException unusable(Path path, Exception e) {
        return new WorldModelException(
                "The state of the house cannot be kept in " + path + ": " + e.getMessage()
                        + ". Set state_dir to a folder that this user may write to.",
                e);
    }

    private static StateFile openStore(Path path) {
        MVStore store = new MVStore.Builder()
                .fileName(path.toString())
                .autoCommitDisabled()
                .cacheSize(CACHE_MIB)
                .open();
        try {
            if (store.getStoreVersion() > VERSION) {
                throw new MVStoreException(
                        DataUtils.ERROR_UNSUPPORTED_FORMAT,
                        "it has version " + store.getStoreVersion() + "; this program knows " + VERSION);
            }
            store.setStoreVersion(VERSION);
            return new StateFile(path, store);
        } catch (RuntimeException e) {
            store.closeImmediately();
            throw e;
        }
    }

    /** Everything that was written. */
    TopicTree read() {
        TopicTree tree = TopicTree.EMPTY;
        List<String> unreadable = new ArrayList<>();
        var cursor = topics.cursor(null);
        while (cursor.hasNext()) {
            String topic = cursor.next();
            try {
                tree = tree.with(topic, JSON.read(cursor.getValue()));
            } catch (JsonException e) {
                unreadable.add(topic);
            }
        }
        if (!unreadable.isEmpty()) {
            LOG.warn(
                    "{} topics in {} have a value that cannot be read, {} first",
                    unreadable.size(),
                    path,
                    unreadable.getFirst());
        }
        return tree;
    }

    /** When it was written last. */
    Instant written() {
        try {
            return Files.getLastModifiedTime(path).toInstant();
        } catch (IOException e) {
            LOG.debug("the time of {} cannot be read", path, e);
            return Instant.EPOCH;
        }
    }

    /** Writes, and returns when it is on the disk. */
    void write(Iterable<Entry> entries) {
        AtomicLong count = new AtomicLong();
        entries.forEach(entry -> {
            if (entry.value().isPresent()) {
                topics.put(entry.topic(), entry.value().get().toString());
            } else {
                topics.remove(entry.topic());
            }
            if (count.incrementAndGet() % COMMIT_EVERY == 0) {
                store.commit();
            }
        });
        store.commit();
        store.sync();
    }

    /** Writes a whole tree in place of what was there. */
    void writeAll(TopicTree tree) {
        topics.clear();
        List<Entry> entries = new ArrayList<>();
        tree.forEach((topic, value) -> entries.add(new Entry(topic, Optional.of(value))));
        write(entries);
    }

    /** Gives back space on the disk, a little at a time. */
    void tidy() {
        store.compact(FILL_PERCENT, COMPACT_BYTES);
    }

    long bytes() {
        return store.isClosed() ? 0 : store.getFileStore().size();
    }

    Path path() {
        return path;
    }

    /** Closes without writing: what it wrote is written, and what went wrong would go wrong again. */
    void abandon() {
        store.closeImmediately();
    }

    @Override
    public void close() {
        store.close();
    }
}
