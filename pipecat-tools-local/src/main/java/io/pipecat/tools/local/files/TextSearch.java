package io.pipecat.tools.local.files;

import io.pipecat.api.tool.ToolException;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Looks for a regular expression in the text files below a folder. For one search. */
final class TextSearch {
    private static final int MAX_MATCHES = 200;
    private static final int MAX_FILES = 20_000;
    private static final int MAX_ENTRIES = 10_000;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_FILE = 2 << 20;
    private static final int MAX_LINE = 300;
    private static final int MAX_PATTERN = 1000;
    /** Characters looked at for one line, as a bound on backtracking. */
    private static final int MAX_STEPS = 2_000_000;

    private static final Set<String> SKIPPED = Set.of(".git");

    /**
     * A line that matches.
     *
     * @param path the file
     * @param line its number, from 1
     * @param text the line, cut if it is long
     */
    record Match(Path path, int line, String text) {}

    private final Pattern pattern;
    private final List<Match> matches = new ArrayList<>();
    private int files;
    private boolean incomplete;

    TextSearch(String regex) throws ToolException {
        if (regex.isEmpty() || regex.length() > MAX_PATTERN) {
            throw ToolException.failed("The pattern must have 1 to " + MAX_PATTERN + " characters.");
        }
        try {
            this.pattern = Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new ToolException(
                    ToolException.Reason.FAILED,
                    "The pattern '" + Roots.shown(regex) + "' is not a regular expression: " + e.getDescription()
                            + " at position " + (e.getIndex() + 1)
                            + ". Put \\ before characters that are meant as they are.",
                    e);
        }
    }

    List<Match> matches() {
        return List.copyOf(matches);
    }

    int files() {
        return files;
    }

    boolean incomplete() {
        return incomplete;
    }

    /** Searches a folder and those in it; what cannot be opened is left out, as it may have gone meanwhile. */
    void folder(SafeFolder folder, int depth) throws IOException, InterruptedException, ToolException {
        List<String> names = folder.names(MAX_ENTRIES);
        incomplete |= names.size() == MAX_ENTRIES;
        for (String name : names) {
            if (full()) {
                return;
            }
            Optional<PosixFileAttributes> attributes = folder.look(name);
            if (attributes.isEmpty() || SKIPPED.contains(name)) {
                continue;
            }
            if (attributes.get().isRegularFile()) {
                file(folder, name);
            } else if (attributes.get().isDirectory()) {
                below(folder, name, depth);
            }
        }
    }

    private void below(SafeFolder folder, String name, int depth)
            throws IOException, InterruptedException, ToolException {
        if (depth >= MAX_DEPTH) {
            incomplete = true;
            return;
        }
        Optional<SafeFolder> opened = open(folder, name);
        if (opened.isPresent()) {
            try (SafeFolder child = opened.get()) {
                folder(child, depth + 1);
            }
        }
    }

    private Optional<SafeFolder> open(SafeFolder folder, String name) {
        try {
            return Optional.of(folder.child(name));
        } catch (IOException | ToolException e) {
            incomplete = true;
            return Optional.empty();
        }
    }

    void file(SafeFolder folder, String name) throws InterruptedException, ToolException {
        Optional<String> text = text(folder, name);
        files++;
        int number = 0;
        for (String line : (Iterable<String>) text.orElse("").lines()::iterator) {
            number++;
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (found(line) && !full()) {
                String shown = line.length() <= MAX_LINE ? line : line.substring(0, MAX_LINE) + "…";
                matches.add(new Match(folder.path().resolve(name), number, shown));
            }
        }
    }

    private Optional<String> text(SafeFolder folder, String name) {
        try {
            return TextFiles.decode(folder.read(name, MAX_FILE));
        } catch (IOException | ToolException e) {
            // Too large, not ours to read, or gone.
            incomplete = true;
            return Optional.empty();
        }
    }

    private boolean found(String line) throws ToolException {
        try {
            return pattern.matcher(new Bounded(line, new AtomicInteger(MAX_STEPS)))
                    .find();
        } catch (TooManySteps | StackOverflowError e) {
            throw new ToolException(
                    ToolException.Reason.FAILED,
                    "The pattern takes too long on some lines. Write it without nested repetitions such as (a+)+.",
                    e);
        }
    }

    private boolean full() {
        boolean full = matches.size() >= MAX_MATCHES || files >= MAX_FILES;
        incomplete |= full;
        return full;
    }

    private static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** A text that lets itself be looked at only so often: a pattern can otherwise run for years, and cannot be interrupted. */
    private record Bounded(CharSequence text, AtomicInteger steps) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (steps.decrementAndGet() < 0) {
                throw new TooManySteps();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Bounded(text.subSequence(start, end), steps);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
