package io.pipecat.tools.git;

import io.pipecat.api.tool.ToolException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.errors.LockFailedException;

/** Says what lies beneath a failure in a few words. */
final class Failures {
    private static final int LONGEST = 300;

    private Failures() {}

    /** A failure of JGit as the model is told. */
    static ToolException of(String what, Exception failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof ToolException told) {
                return told;
            }
            if (t instanceof Remotes.Refused refused) {
                return refused.told();
            }
        }
        return new ToolException(ToolException.Reason.FAILED, what + " failed: " + reason(failure) + ".", failure);
    }

    static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return switch (root) {
            case UnknownHostException e -> "the host " + shown(String.valueOf(message)) + " is not known";
            case ConnectException e -> "nothing answers there (" + shown(String.valueOf(message)) + ")";
            case SocketTimeoutException e -> "no answer in time";
            case AccessDeniedException e -> "this process may not touch " + shown(String.valueOf(message));
            case LockFailedException e ->
                "another program is working in this repository, or was killed while it did: "
                        + shown(String.valueOf(message));
            case NoExecution.ExecutionRefused e -> String.valueOf(message);
            case GitAPIException e when message != null -> shown(message);
            case IOException e when message != null -> shown(message);
            case ConfigInvalidException e when message != null -> shown(message);
            case URISyntaxException e when message != null -> shown(message);
            default -> root.getClass().getSimpleName() + (message == null ? "" : ": " + shown(message));
        };
    }

    /** Text from elsewhere as it may stand in a message: without control characters, and without a password that an address holds. */
    static String shown(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", " ")
                .replaceAll("//[^/\\s]*@", "//***@")
                .strip();
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
    }
}
