package io.pipecat.tools.local.files;

import io.pipecat.api.tool.ToolException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The folders that the tool may work in, and where a path that a model wrote lies in them. */
final class Roots {
    private static final int MAX_SHOWN = 200;
    private static final int MAX_DEPTH = 64;

    private final List<Path> roots;

    /**
     * Makes it.
     *
     * @param roots absolute paths, at least one
     */
    Roots(List<Path> roots) {
        this.roots = roots.stream().map(Path::normalize).toList();
    }

    /**
     * Where a path leads, by its words alone.
     *
     * @param root the configured folder
     * @param names the names below it, none of them {@code ..}
     */
    record Location(Path root, List<String> names) {
        /** Copies the names. */
        Location {
            names = List.copyOf(names);
        }

        Path path() {
            Path path = root;
            for (String name : names) {
                path = path.resolve(name);
            }
            return path;
        }

        Location parent() {
            return new Location(root, names.subList(0, names.size() - 1));
        }
    }

    List<Path> all() {
        return roots;
    }

    Location locate(String written) throws ToolException {
        Path path;
        try {
            path = Path.of(written);
        } catch (InvalidPathException e) {
            throw new ToolException(
                    ToolException.Reason.FAILED, "'" + shown(written) + "' is not a path: " + e.getReason() + ".", e);
        }
        Path root = roots.getFirst();
        Path below = path;
        if (path.isAbsolute()) {
            root = roots.stream().filter(path::startsWith).findFirst().orElseThrow(() -> outside(written));
            below = root.relativize(path);
        }
        List<String> names = new ArrayList<>();
        for (Path part : below) {
            String name = part.toString();
            if (name.equals("..")) {
                throw outside(written);
            }
            if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        if (names.size() > MAX_DEPTH) {
            throw ToolException.failed(
                    "The path has " + names.size() + " levels, where at most " + MAX_DEPTH + " are taken.");
        }
        return new Location(root, names);
    }

    private ToolException outside(String written) {
        return ToolException.failed("'" + shown(written) + "' is not within the folders that may be used: "
                + String.join(", ", roots.stream().map(Path::toString).toList())
                + ". Give a path below one of them, without '..'; a relative one starts at the first.");
    }

    /** Opens a folder, going down by one name at a time, so that nothing on the way can be exchanged for a link. */
    SafeFolder open(Location location) throws ToolException, IOException {
        SafeFolder folder = SafeFolder.ofRoot(location.root());
        for (String name : location.names()) {
            try (SafeFolder above = folder) {
                folder = above.child(name);
            }
        }
        return folder;
    }

    /** As {@link #open}, making the folders that are not there. */
    SafeFolder openOrMake(Location location) throws ToolException, IOException {
        SafeFolder folder = SafeFolder.ofRoot(location.root());
        for (String name : location.names()) {
            try (SafeFolder above = folder) {
                if (above.look(name).isEmpty()) {
                    above.make(name);
                }
                folder = above.child(name);
            }
        }
        return folder;
    }

    static String shown(String written) {
        return written.length() <= MAX_SHOWN ? written : written.substring(0, MAX_SHOWN) + "…";
    }
}
