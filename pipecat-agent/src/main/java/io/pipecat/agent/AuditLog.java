package io.pipecat.agent;

import io.pipecat.api.NodeContext;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.setting.Secret;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only record of tool calls: {@code tool-calls.jsonl}, one JSON object on each line, in UTF-8. Secrets are blanked: arguments
 * whose name says so ({@code password}, {@code token}, {@code api_key}, …), known secrets wherever they stand, and passwords in URLs
 * and headers.
 *
 * <p>A file of 8 MiB is renamed to {@code tool-calls.1.jsonl} and so on; nine old ones are kept. The files belong to their owner
 * alone. A line is one write, under one lock for the process, so that any number of logs may share a folder. Nothing is held open.
 */
public final class AuditLog {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final long DEFAULT_MAX_BYTES = 8 << 20;
    private static final int OLD_FILES = 9;
    private static final AuditLog NONE = new AuditLog(null, List.of(), DEFAULT_MAX_BYTES);
    /** Of all logs: rotation must not come between another log's look at the size and its write. */
    private static final ReentrantLock LOCK = new ReentrantLock();

    /**
     * One tool call.
     *
     * @param time when it ended
     * @param conversation the conversation or client that made it
     * @param callId names the call
     * @param tool the tool; empty if the model named a function that does not exist
     * @param method its method, or the function that the model named
     * @param arguments the arguments as they were given; they are blanked on the way to the disk
     * @param approval {@code not-needed}, {@code allow_tools}, {@code approval_mode=allow}, {@code approval_mode=deny},
     *     {@code allowed}, {@code allowed-always}, {@code denied}, {@code nobody-to-ask}, {@code could-not-ask} or
     *     {@code not-answered}
     * @param outcome {@code ok}, {@code denied}, {@code timeout}, {@code interrupted}, {@code repeated},
     *     {@code unknown-function}, or the reason of a {@link io.pipecat.api.tool.ToolException} such as
     *     {@code invalid-arguments} or {@code failed}
     * @param duration how long the tool ran; zero if it was not called
     */
    public record Entry(
            Instant time,
            String conversation,
            String callId,
            String tool,
            String method,
            JsonObject arguments,
            String approval,
            String outcome,
            Duration duration) {}

    private final @Nullable Path folder;
    private final Redactor redactor;
    private final long maxBytes;
    private final AtomicLong failures = new AtomicLong();

    private AuditLog(@Nullable Path folder, Collection<Secret> secrets, long maxBytes) {
        this.folder = folder;
        this.redactor = new Redactor(secrets);
        this.maxBytes = maxBytes;
    }

    /**
     * Returns a log that records nothing.
     *
     * @return the log
     */
    public static AuditLog none() {
        return NONE;
    }

    /**
     * Returns a log in a folder.
     *
     * @param folder where its files are; made with the first line if it is not there
     * @param secrets values to blank wherever they stand
     * @return the log
     */
    public static AuditLog in(Path folder, Collection<Secret> secrets) {
        return in(folder, secrets, DEFAULT_MAX_BYTES);
    }

    /** Returns the log that a node's settings ask for: in the folder {@code audit} of its state folder, or none. */
    static AuditLog of(NodeContext context) {
        return context.settings().get(AgentSettings.AUDIT_LOG)
                ? in(context.stateDir().resolve("audit"), context.settings().secrets())
                : none();
    }

    static AuditLog in(Path folder, Collection<Secret> secrets, long maxBytes) {
        return new AuditLog(folder.toAbsolutePath(), secrets, maxBytes);
    }

    /**
     * Records a call. Never fails: what cannot be written is {@linkplain #failures() counted}, and logged the first time. Safe on an
     * interrupted thread, and from any number of threads.
     *
     * @param entry the call
     */
    public void write(Entry entry) {
        if (folder == null) {
            return;
        }
        byte[] line = (json(entry) + "\n").getBytes(StandardCharsets.UTF_8);
        LOCK.lock();
        try {
            append(folder, line);
        } catch (IOException e) {
            if (failures.getAndIncrement() == 0) {
                LOG.error(
                        "the tool call {} and perhaps later ones could not be recorded in {} ({}): make room or set the"
                                + " permissions right; calls go on without a record, and later failures are only counted",
                        entry.callId(),
                        folder,
                        e.toString());
            }
        } finally {
            LOCK.unlock();
        }
    }

    /**
     * Returns how many calls could not be recorded.
     *
     * @return the number since this log was made
     */
    public long failures() {
        return failures.get();
    }

    private JsonObject json(Entry entry) {
        return JsonObject.builder()
                .put("time", entry.time().toString())
                .put("conversation", entry.conversation())
                .put("call_id", entry.callId())
                .put("tool", entry.tool())
                .put("method", entry.method())
                .put("arguments", redactor.redact(entry.arguments()))
                .put("approval", entry.approval())
                .put("outcome", entry.outcome())
                .put("duration_ms", entry.duration().toMillis())
                .build();
    }

    private void append(Path into, byte[] line) throws IOException {
        Path file = file(into, 0);
        if (Files.notExists(file)) {
            createOwnersOnly(into, file);
        } else if (Files.size(file) + line.length > maxBytes && Files.size(file) > 0) {
            for (int i = OLD_FILES - 1; i >= 0; i--) {
                if (Files.exists(file(into, i))) {
                    Files.move(file(into, i), file(into, i + 1), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            createOwnersOnly(into, file);
        }
        // Not a channel: the thread of a call that was stopped is interrupted, and that would close a channel.
        try (FileOutputStream out = new FileOutputStream(new File(file.toString()), true)) {
            out.write(line);
        }
    }

    private static Path file(Path folder, int number) {
        return folder.resolve(number == 0 ? "tool-calls.jsonl" : "tool-calls." + number + ".jsonl");
    }

    private static void createOwnersOnly(Path folder, Path file) throws IOException {
        Files.createDirectories(folder);
        try {
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(file);
            }
        } catch (FileAlreadyExistsException e) {
            LOG.debug("another process made {} at the same moment", file);
        }
    }
}
