package io.pipecat.tools.git;

import io.pipecat.api.tool.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The folders within which the tool works. A path counts by where it really leads, symbolic links followed.
 *
 * @param folders the folders
 */
record Roots(List<Path> folders) {

    /** Resolves a path that exists; a relative one begins in the first root. */
    Path existing(String written) throws ToolException {
        Path path = absolute(written);
        try {
            return inside(path.toRealPath(), written);
        } catch (IOException e) {
            // Whether something is there is nobody's business outside the roots.
            checkLexically(path, written);
            throw ToolException.failed("There is no " + path + ".");
        }
    }

    /**
     * Resolves a path that exists in the way in which the operating system will: a link on the way is followed before ".." steps back
     * from where it leads.
     *
     * @param base where a relative one begins
     */
    Path opened(Path base, String written) throws ToolException {
        try {
            return inside(base.resolve(written).toRealPath(), written);
        } catch (InvalidPathException e) {
            throw noPath(written, e);
        } catch (IOException e) {
            Path path = base.resolve(written).normalize();
            checkLexically(path, written);
            throw ToolException.failed("There is no " + path + ".");
        }
    }

    /** Resolves a path that need not exist. */
    Path possible(String written) throws ToolException {
        Path path = absolute(written);
        checkLexically(path, written);
        Path there = path;
        while (there.getParent() != null && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
            there = there.getParent();
        }
        try {
            return inside(there.toRealPath().resolve(there.relativize(path)).normalize(), written);
        } catch (IOException e) {
            throw ToolException.failed(there + " cannot be used: " + Failures.reason(e) + ".");
        }
    }

    boolean contains(Path real) {
        return folders.stream().anyMatch(root -> real.startsWith(real(root)));
    }

    private Path absolute(String written) throws ToolException {
        if (folders.isEmpty()) {
            throw ToolException.failed(
                    "The git tool may work nowhere yet: name the folders it may work in by the setting GIT_ROOTS.");
        }
        try {
            return folders.getFirst().resolve(written).normalize();
        } catch (InvalidPathException e) {
            throw noPath(written, e);
        }
    }

    private static ToolException noPath(String written, InvalidPathException e) {
        return ToolException.failed("'" + Failures.shown(written) + "' is no path: " + e.getReason() + ".");
    }

    private void checkLexically(Path path, String written) throws ToolException {
        if (folders.stream().noneMatch(root -> path.startsWith(root) || path.startsWith(real(root)))) {
            throw outside(written);
        }
    }

    private Path inside(Path real, String written) throws ToolException {
        if (!contains(real)) {
            throw outside(written);
        }
        return real;
    }

    private static Path real(Path root) {
        try {
            return root.toRealPath();
        } catch (IOException e) {
            // Nothing can lie in a root that is not there.
            return root;
        }
    }

    private ToolException outside(String written) {
        return ToolException.failed("'" + Failures.shown(written)
                + "' is outside the folders that the git tool may work in (setting GIT_ROOTS): "
                + folders.stream().map(Path::toString).collect(Collectors.joining(", ")) + ".");
    }
}
