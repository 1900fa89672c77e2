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
import java.nio.file.StandardCopyOption;
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
    private static final int TIDY_AT_END_MILLIS = 500;
    /** Escapes make a text up to six times as long as its payload. */
    private static final Json JSON = Json.within(new JsonLimits(JsonValue.MAX_DEPTH, 7 * Payloads.MAX_BYTES, 1 << 20));

    /** A topic, and its value or that it has none any more. */
    record Entry(String topic, Optional<JsonValue> value) {}

    /**
     * What a folder has.
     *
     * @param file the file, to write to; empty if another process does that
     * @param kept what was written
     * @param written when it was written last
     * @param setAside where an older one went that could not be read
     */
    record Opened(Optional<StateFile> file, TopicTree kept, Instant written, Optional<Path> setAside) {}

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
     * Opens the file of a folder, or makes it, and reads it. One that is there and cannot be read is set aside; one that another
     * process has open, as where a command runs beside a node, is read from a copy and left alone.
     *
     * @throws WorldModelException if the folder cannot be written to
     */
    static Opened open(Path folder, Instant now) throws WorldModelException {
        Path path = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            return opened(path, Optional.empty());
        } catch (IOException e) {
            throw unusable(path, e);
        } catch (RuntimeException e) {
            if (e instanceof MVStoreException store && store.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
                return beside(path);
            }
            if (!Files.isReadable(path) || !Files.isWritable(path)) {
                throw unusable(path, e);
            }
            return replace(path, now, e);
        }
    }

    private static Opened opened(Path path, Optional<Path> setAside) {
        Instant written = written(path);
        StateFile file = new StateFile(path, openStore(path, new MVStore.Builder()));
        try {
            return new Opened(Optional.of(file), file.read(), written, setAside);
        } catch (RuntimeException e) {
            file.abandon();
            throw e;
        }
    }

    /** The other process goes on writing meanwhile, but what it has written stays where it is for longer than a copy takes. */
    private static Opened beside(Path path) {
        Instant written = written(path);
        TopicTree kept = TopicTree.EMPTY;
        try {
            Path copy = Files.createTempFile("pipecat-world", ".mv");
            try {
                Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
                if (Files.size(copy) > 0) {
                    kept = readOnly(copy);
                }
            } finally {
                Files.delete(copy);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("What another process keeps in {} cannot be read now ({})", path, e.toString());
            LOG.debug("why it cannot be read", e);
        }
        return new Opened(Optional.empty(), kept, written, Optional.empty());
    }

    private static TopicTree readOnly(Path path) {
        MVStore store = openStore(path, new MVStore.Builder().readOnly());
        try {
            return store.hasMap(MAP) ? new StateFile(path, store).read() : TopicTree.EMPTY;
        } finally {
            store.closeImmediately();
        }
    }

    private static Opened replace(Path path, Instant now, RuntimeException broken) throws WorldModelException {
        Path aside = unused(path.resolveSibling(FILE + ".broken-" + now.getEpochSecond()));
        LOG.warn(
                "The state of the house in {} cannot be read ({}); it is set aside as {}",
                path,
                broken.getMessage(),
                aside);
        LOG.debug("why it cannot be read", broken);
        try {
            Files.move(path, aside);
            return opened(path, Optional.of(aside));
        } catch (IOException | RuntimeException e) {
            throw unusable(path, e);
        }
    }

    /** A machine without a clock of its own begins at the same time again and again. */
    private static Path unused(Path wanted) {
        Path path = wanted;
        for (int number = 2; Files.exists(path); number++) {
            path = wanted.resolveSibling(wanted.getFileName() + "-" + number);
        }
        return path;
    }

    private static WorldModelException unusable(Path path, Exception e) {
        return new WorldModelException(
                "The state of the house cannot be kept in " + path + ": " + e.getMessage()
                        + ". Set state_dir to a folder that this user may write to.",
                e);
    }

    private static MVStore openStore(Path path, MVStore.Builder how) {
        MVStore store = how.fileName(path.toString())
                .autoCommitDisabled()
                .cacheSize(CACHE_MIB)
                .open();
        try {
            if (store.getStoreVersion() > VERSION) {
                throw new MVStoreException(
                        DataUtils.ERROR_UNSUPPORTED_FORMAT,
                        "it has version " + store.getStoreVersion() + "; this program knows " + VERSION);
            }
            if (!store.isReadOnly()) {
                store.setStoreVersion(VERSION);
            }
            return store;
        } catch (RuntimeException e) {
            store.closeImmediately();
            throw e;
        }
    }

    private TopicTree read() {
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

    private static Instant written(Path path) {
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

    /** Closes without writing: what it wrote is written, and what went wrong would go wrong again. */
    void abandon() {
        store.closeImmediately();
    }

    @Override
    public void close() {
        store.close(TIDY_AT_END_MILLIS);
    }
}
