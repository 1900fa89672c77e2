package io.pipecat.tools.local.files;

import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolInfo;
import io.pipecat.api.tool.ToolMethod;
import io.pipecat.api.tool.ToolParam;
import io.pipecat.tools.local.files.Roots.Location;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads and writes text files below configured folders, and nowhere else: no {@code ..}, symbolic link, device or pipe leads out, even if
 * put there in the middle of a call. Writing replaces a file in one step. Thread-safe; interruption ends a call and leaves no half file.
 */
@ToolInfo(
        name = "files",
        description = "Reads, lists, searches and changes text files in the folders that this node allows.")
public final class FilesTool {
    private static final int MAX_FILE = 8 << 20;
    private static final int MAX_CHARS = 64 * 1024;
    private static final int MAX_ENTRIES = 1000;
    private static final int MAX_PLACES = 1000;
    private static final int SEARCH_SECONDS = 60;
    private static final String PATH = "Absolute, or relative to the first allowed folder";

    private final Roots roots;
    /** Two changes of one file at a time would lose one of them. */
    private final ReentrantLock writing = new ReentrantLock();

    /**
     * Makes the tool.
     *
     * @param roots the folders to work in, as absolute paths; at least one
     */
    public FilesTool(List<Path> roots) {
        this.roots = new Roots(roots);
    }

    /**
     * A part of a file.
     *
     * @param path the file
     * @param content the lines
     * @param firstLine the number of the first, from 1
     * @param lines how many there are in the content
     * @param totalLines how many the file has
     * @param truncated whether there is more after them
     */
    public record Part(Path path, String content, int firstLine, int lines, int totalLines, boolean truncated) {}

    /**
     * What was written.
     *
     * @param path the file
     * @param bytes its size now
     * @param created whether it is new
     */
    public record Written(Path path, long bytes, boolean created) {}

    /**
     * Something in a folder.
     *
     * @param name its name
     * @param type file, folder, link or other
     * @param bytes its size
     * @param modified when it was last changed
     */
    public record Entry(String name, String type, long bytes, Instant modified) {}

    /**
     * A folder.
     *
     * @param path where it is
     * @param entries what is in it, by name
     * @param truncated whether there is more
     * @param allowed the folders that this tool may work in
     */
    public record Listing(Path path, List<Entry> entries, boolean truncated, List<Path> allowed) {}

    /**
     * What was found.
     *
     * @param matches the lines, as far as they fit
     * @param files how many files were looked at
     * @param truncated whether something was left out: more matches, large or unreadable files
     */
    public record Found(List<Hit> matches, int files, boolean truncated) {}

    /**
     * A line that matches.
     *
     * @param path the file
     * @param line its number, from 1
     * @param text the line, cut if it is long
     */
    public record Hit(Path path, int line, String text) {}

    /** What is done with an open folder and a name in it. */
    private interface Work<T> {
        T in(SafeFolder folder, String name) throws IOException, ToolException, InterruptedException;
    }

    /**
     * Reads a text file.
     *
     * @param path the file
     * @param offset the first line
     * @param limit how many lines
     * @return the lines
     * @throws ToolException if it is not a text file that may be read
     * @throws InterruptedException if the call is interrupted
     */
    @ToolMethod("Reads a text file, or some of its lines.")
    public Part read(
            @ToolParam(PATH) String path,
            @ToolParam(value = "The first line to read, from 1", defaultValue = "1") int offset,
            @ToolParam(value = "How many lines to read", defaultValue = "1000") int limit)
            throws ToolException, InterruptedException {
        if (offset < 1 || limit < 1) {
            throw ToolException.failed("offset and limit are counted in lines and start at 1.");
        }
        return withFile(path, false, (folder, name) -> {
            Path file = folder.path().resolve(name);
            List<String> all =
                    TextFiles.text(file, folder.read(name, MAX_FILE)).lines().toList();
            StringBuilder content = new StringBuilder();
            int next = Math.min(offset - 1, all.size());
            int end = (int) Math.min(all.size(), (long) next + limit);
            int lines = 0;
            while (next < end && (lines == 0 || content.length() + all.get(next).length() < MAX_CHARS)) {
                String line = all.get(next);
                content.append(line, 0, Math.min(line.length(), MAX_CHARS)).append('\n');
                next++;
                lines++;
            }
            return new Part(file, content.toString(), offset, lines, all.size(), next < all.size());
        });
    }

    /**
     * Writes a text file.
     *
     * @param path the file
     * @param content all of its text
     * @return what was written
     * @throws ToolException if it may not or cannot be written
     * @throws InterruptedException if the call is interrupted; the file is then as it was
     */
    @ToolMethod(
            value =
                    "Writes a whole text file, replacing what was there. Missing folders are made. To change a part, use"
                            + " patch.",
            sensitive = true)
    public Written write(@ToolParam(PATH) String path, @ToolParam("The whole text") String content)
            throws ToolException, InterruptedException {
        byte[] bytes = TextFiles.encode(content);
        checkSize(bytes);
        return changing(() -> withFile(path, true, (folder, name) -> {
            boolean created = folder.look(name).isEmpty();
            folder.write(name, bytes, Optional.empty());
            return new Written(folder.path().resolve(name), bytes.length, created);
        }));
    }

    /**
     * Replaces a text in a file.
     *
     * @param path the file
     * @param oldText what is there, once
     * @param newText what comes in its place
     * @return what was written
     * @throws ToolException if the text is not there exactly once, or the file cannot be changed
     * @throws InterruptedException if the call is interrupted; the file is then as it was
     */
    @ToolMethod(
            value =
                    "Replaces one text in a file by another. The old text must be there exactly once, blanks and line ends"
                            + " included: take in enough lines around it.",
            sensitive = true)
    public Written patch(
            @ToolParam(PATH) String path,
            @ToolParam("The text to replace, exactly as it stands in the file") String oldText,
            @ToolParam("The text to put there") String newText)
            throws ToolException, InterruptedException {
        if (oldText.isEmpty()) {
            throw ToolException.failed("The old text is empty: give the text to replace.");
        }
        return changing(() -> withFile(path, false, (folder, name) -> {
            Path file = folder.path().resolve(name);
            PosixFileAttributes before = folder.regular(name);
            String text = TextFiles.text(file, folder.read(name, MAX_FILE));
            int at = onlyPlace(file, oldText, text);
            byte[] bytes = TextFiles.encode(text.substring(0, at) + newText + text.substring(at + oldText.length()));
            checkSize(bytes);
            folder.write(name, bytes, Optional.of(before));
            return new Written(file, bytes.length, false);
        }));
    }

    private static int onlyPlace(Path file, String wanted, String text) throws ToolException {
        List<Integer> lines = TextFiles.linesOf(wanted, text, MAX_PLACES);
        if (lines.isEmpty()) {
            throw ToolException.failed("The old text is not in '" + file
                    + "'. Read the file and copy it exactly, blanks and line ends included. Nothing was changed.");
        }
        if (lines.size() > 1) {
            throw ToolException.failed("The old text is in '" + file + "' "
                    + (lines.size() == MAX_PLACES ? "at least " : "") + lines.size() + " times (lines "
                    + String.join(
                            ", ", lines.stream().limit(20).map(String::valueOf).toList())
                    + "): take in more of the text around the one to replace. Nothing was changed.");
        }
        return text.indexOf(wanted);
    }

    private static void checkSize(byte[] bytes) throws ToolException {
        if (bytes.length > MAX_FILE) {
            throw ToolException.failed(
                    "The text has " + bytes.length + " bytes, where at most " + MAX_FILE + " are written.");
        }
    }

    /**
     * Lists a folder.
     *
     * @param path the folder
     * @return what is in it
     * @throws ToolException if it is not a folder that may be read
     * @throws InterruptedException if the call is interrupted
     */
    @ToolMethod("Lists a folder, and names the folders that may be used.")
    public Listing list(@ToolParam(value = PATH, defaultValue = ".") String path)
            throws ToolException, InterruptedException {
        return withFolder(path, folder -> {
            List<String> names = folder.names(MAX_ENTRIES + 1);
            List<Entry> entries = new ArrayList<>();
            for (String name : names.subList(0, Math.min(names.size(), MAX_ENTRIES))) {
                folder.look(name)
                        .ifPresent(a -> entries.add(new Entry(
                                name, type(a), a.size(), a.lastModifiedTime().toInstant())));
            }
            return new Listing(folder.path(), entries, names.size() > MAX_ENTRIES, roots.all());
        });
    }

    private static String type(PosixFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return "link";
        }
        if (attributes.isDirectory()) {
            return "folder";
        }
        return attributes.isRegularFile() ? "file" : "other";
    }

    /**
     * Searches in files.
     *
     * @param pattern a regular expression, matched against each line
     * @param path a file, or a folder to search with all below it
     * @return the lines that match
     * @throws ToolException if the pattern is wrong or the path cannot be read
     * @throws InterruptedException if the call is interrupted
     */
    @ToolMethod(
            value = "Searches the text files below a folder for a regular expression and returns the lines that match.",
            timeoutSeconds = SEARCH_SECONDS)
    public Found search(
            @ToolParam("A regular expression (Java), matched against each line; (?i) in front ignores case")
                    String pattern,
            @ToolParam(value = PATH, defaultValue = ".") String path)
            throws ToolException, InterruptedException {
        TextSearch search = new TextSearch(pattern);
        Location location = roots.locate(path);
        boolean single = !location.names().isEmpty()
                && withFile(
                        path,
                        false,
                        (folder, name) -> folder.look(name)
                                .map(PosixFileAttributes::isRegularFile)
                                .orElse(false));
        if (single) {
            withFile(path, false, (folder, name) -> {
                search.file(folder, name);
                return name;
            });
        } else {
            withFolder(path, folder -> {
                search.folder(folder, 0);
                return path;
            });
        }
        List<Hit> hits = search.matches().stream()
                .map(match -> new Hit(match.path(), match.line(), match.text()))
                .toList();
        return new Found(hits, search.files(), search.incomplete());
    }

    /** Something that changes a file. */
    private interface Change<T> {
        T make() throws ToolException, InterruptedException;
    }

    private <T> T changing(Change<T> change) throws ToolException, InterruptedException {
        writing.lockInterruptibly();
        try {
            return change.make();
        } finally {
            writing.unlock();
        }
    }

    private <T> T withFile(String path, boolean makeFolders, Work<T> work) throws ToolException, InterruptedException {
        Location location = roots.locate(path);
        if (location.names().isEmpty()) {
            throw ToolException.failed("'" + location.root() + "' is a folder; give a file in it.");
        }
        Location parent = location.parent();
        try (SafeFolder folder = makeFolders ? roots.openOrMake(parent) : roots.open(parent)) {
            return work.in(folder, location.names().getLast());
        } catch (IOException e) {
            throw failure(location, e);
        }
    }

    /** What is done with an open folder. */
    private interface FolderWork<T> {
        T in(SafeFolder folder) throws IOException, ToolException, InterruptedException;
    }

    private <T> T withFolder(String path, FolderWork<T> work) throws ToolException, InterruptedException {
        Location location = roots.locate(path);
        try (SafeFolder folder = roots.open(location)) {
            return work.in(folder);
        } catch (IOException e) {
            throw failure(location, e);
        }
    }

    private static ToolException failure(Location location, IOException e) {
        String why = e instanceof AccessDeniedException
                ? "this node's user has not the right to"
                : String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return new ToolException(
                ToolException.Reason.FAILED, "'" + location.path() + "' cannot be opened or changed: " + why + ".", e);
    }
}
