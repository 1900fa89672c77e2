package io.pipecat.tools.ssh;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import org.jspecify.annotations.Nullable;

/** Says what lies beneath a failure in a few words. */
final class Failures {
    private Failures() {}

    static String reason(@Nullable Throwable failure) {
        if (failure == null) {
            return "no reason given";
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return switch (root) {
            case UnresolvedAddressException e -> "the name is not known";
            case UnknownHostException e -> "the name is not known";
            case NoRouteToHostException e -> "there is no route to it";
            case ConnectException e -> "nothing listens there (connection refused)";
            case AccessDeniedException e -> "this process may not read it";
            case IOException e when message != null -> Shown.line(message);
            default -> root.getClass().getSimpleName() + (message == null ? "" : ": " + Shown.line(message));
        };
    }
}
