package io.pipecat.endpoint.web;

import io.pipecat.api.json.JsonObject;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The conversations of this node, a {@link Journal} for each in a folder of the state folder, so that a backup holds them. What the list
 * needs is kept in memory, the conversations are not. Thread-safe.
 */
final class Store {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);
    private static final String ENDING = ".jsonl";

    /** What the list tells of a conversation. */
    record Summary(String id, String title, String created, String updated, String preview, int messages) {}

    /** A conversation in which something was found. */
    record Hit(Summary summary, String snippet) {}

    private record Known(Journal journal, Summary summary) {}

    private final Path folder;
    private final Map<String, Known> known = new HashMap<>();
    private boolean looked;

    Store(Path folder) {
        this.folder = folder;
    }

    synchronized List<Summary> list() throws StoreException {
        look();
        return known.values().stream()
                .map(Known::summary)
                .sorted(Comparator.comparing(Summary::updated).reversed().thenComparing(Summary::id))
                .toList();
    }

    synchronized Optional<Summary> find(String id) throws StoreException {
        look();
        return Optional.ofNullable(known.get(id)).map(Known::summary);
    }

    /** Like {@link #write}, not under the store's own lock. */
    Summary create(String id, String title, String time) throws StoreException {
        synchronized (this) {
            look();
        }
        Journal journal = new Journal(folder.resolve(id + ENDING));
        try {
            journal.create();
            journal.append(Stored.header(id, title, time));
        } catch (IOException e) {
            // Not what was there before; but without its first line a file is in the way of one that has it.
            if (!(e instanceof FileAlreadyExistsException)) {
                deleteAfter(e, journal);
            }
            throw new StoreException("The conversation cannot be stored in " + folder + ": " + e + ".", e);
        }
        Summary summary = new Summary(id, title, time, time, "", 0);
        keep(id, new Known(journal, summary));
        return summary;
    }

    private static void deleteAfter(IOException failure, Journal journal) {
        try {
            journal.delete();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Reads a conversation; empty if there is none of that id. */
    Optional<Stored> load(String id) throws StoreException {
        Optional<Journal> found = journal(id);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Journal journal = found.get();
        try {
            // Beside a write that is under way: the lines that are whole make sense at any moment.
            return Optional.of(Stored.read(journal.read()));
        } catch (NoSuchFileException e) {
            forget(id, journal);
            return Optional.empty();
        } catch (IOException e) {
            throw new StoreException("The conversation cannot be read from " + folder + ": " + e + ".", e);
        }
    }

    /** Adds a line to a conversation and tells what the list says of it from then on. Returns false if it is gone. */
    boolean append(String id, JsonObject line, String time, Optional<String> preview, int more) throws StoreException {
        Optional<Journal> journal = journal(id);
        if (journal.isEmpty()) {
            return false;
        }
        write(journal.get(), line);
        change(
                id,
                old -> new Summary(
                        id, old.title(), old.created(), time, preview.orElse(old.preview()), old.messages() + more));
        return true;
    }

    Optional<Summary> rename(String id, String title, String time) throws StoreException {
        Optional<Journal> journal = journal(id);
        if (journal.isEmpty()) {
            return Optional.empty();
        }
        write(journal.get(), Stored.titleLine(title, time));
        return change(id, old -> new Summary(id, title, old.created(), old.updated(), old.preview(), old.messages()));
    }

    private void forget(String id, Journal journal) {
        if (take(id, journal).isPresent()) {
            LOG.warn("The file of conversation {} is gone", id);
        }
    }

    /** Takes a conversation off the list, unless somebody else has. */
    private synchronized Optional<Known> take(String id, Journal journal) {
        Known now = known.get(id);
        return now != null && now.journal() == journal ? Optional.ofNullable(known.remove(id)) : Optional.empty();
    }

    private synchronized void keep(String id, Known conversation) {
        known.put(id, conversation);
    }

    private synchronized Optional<Journal> journal(String id) throws StoreException {
        look();
        return Optional.ofNullable(known.get(id)).map(Known::journal);
    }

    private synchronized Optional<Summary> change(String id, UnaryOperator<Summary> change) {
        Known now = known.computeIfPresent(id, (key, old) -> new Known(old.journal(), change.apply(old.summary())));
        return Optional.ofNullable(now).map(Known::summary);
    }

    /** Not under the store's own lock: a disk that takes its time must not keep the other conversations waiting. */
    private void write(Journal journal, JsonObject line) throws StoreException {
        try {
            synchronized (journal) {
                journal.append(line);
            }
        } catch (IOException e) {
            throw new StoreException("This cannot be stored in " + folder + ": " + e + ".", e);
        }
    }

    /** Like {@link #write}, not under the store's own lock. */
    boolean delete(String id) throws StoreException {
        Optional<Journal> found = journal(id);
        if (found.isEmpty()) {
            return false;
        }
        Journal journal = found.get();
        synchronized (journal) {
            Optional<Known> was = take(id, journal);
            if (was.isEmpty()) {
                return false;
            }
            try {
                journal.delete();
                return true;
            } catch (IOException e) {
                keep(id, was.get());
                throw new StoreException("The conversation cannot be deleted from " + folder + ": " + e + ".", e);
            }
        }
    }

    /** Looks for words, each of which must occur, in whatever was said. */
    List<Hit> search(String query) throws StoreException {
        List<String> words = Stream.of(query.toLowerCase(Locale.ROOT).strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        List<Hit> hits = new ArrayList<>();
        for (Summary summary : list()) {
            List<String> texts = load(summary.id()).map(Stored::texts).orElse(List.of());
            List<Optional<String>> found = words.stream()
                    .map(word -> texts.stream()
                            .flatMap(text -> Texts.snippet(text, word).stream())
                            .findFirst())
                    .toList();
            if (found.stream().allMatch(Optional::isPresent)) {
                hits.add(
                        new Hit(summary, found.isEmpty() ? "" : found.getFirst().orElse("")));
            }
        }
        return hits;
    }

    private void look() throws StoreException {
        if (looked) {
            return;
        }
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    String name = String.valueOf(file.getFileName());
                    if (name.endsWith(ENDING)) {
                        found(name.substring(0, name.length() - ENDING.length()), file);
                    }
                }
            } catch (IOException e) {
                throw new StoreException("The conversations in " + folder + " cannot be listed: " + e + ".", e);
            }
        }
        looked = true;
    }

    private void found(String id, Path file) {
        Journal journal = new Journal(file);
        try {
            if (!journal.hasWholeLine()) {
                LOG.warn("{} is deleted: a node died before anything was in it", file);
                journal.delete();
                return;
            }
            List<JsonObject> lines = journal.read();
            boolean newer = lines.stream()
                    .flatMap(line -> line.number("format").stream())
                    .anyMatch(format -> format.toDouble() > Stored.FORMAT);
            if (lines.isEmpty() || newer) {
                LOG.warn("{} is left out: {}", file, newer ? "a newer pipecat wrote it" : "no line in it makes sense");
                return;
            }
            Stored stored = Stored.read(lines);
            known.put(
                    id,
                    new Known(
                            journal,
                            new Summary(
                                    id,
                                    stored.title(),
                                    stored.created(),
                                    stored.updated(),
                                    stored.preview(),
                                    2 * stored.turns().size())));
        } catch (IOException e) {
            LOG.warn("The conversation {} cannot be read and is left out: {}", file, e.toString());
        }
    }
}
