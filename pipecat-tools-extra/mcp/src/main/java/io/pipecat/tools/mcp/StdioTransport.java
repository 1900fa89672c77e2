package io.pipecat.tools.mcp;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.setting.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that is a program of this machine: one message on each line of its standard input and output, whatever it likes on its
 * standard error (Model Context Protocol, "Transports").
 *
 * <p>Its streams have platform threads of their own: reading a pipe would keep the carrier of a virtual one.
 */
final class StdioTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(StdioTransport.class);

    /** What most programs cannot do without; everything else of this node's environment may hold its keys. */
    private static final Set<String> INHERITED = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "SHELL",
            "TERM",
            "LANG",
            "LC_ALL",
            "LC_CTYPE",
            "TZ",
            "TMPDIR",
            "SYSTEMROOT");

    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
    private static final int MAX_UNWRITTEN = 256;
    private static final int MAX_ERROR_LINE = 2000;
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Duration LAST_WORDS = Duration.ofMillis(500);
    private static final byte[] END = new byte[0];

    private final String name;
    private final List<String> command;
    private final Map<String, Secret> environment;
    private final BlockingQueue<byte[]> unwritten = new LinkedBlockingQueue<>(MAX_UNWRITTEN);
    private final Object lock = new Object();
    private @Nullable Process process;
    private boolean closed;
    private volatile String lastWords = "";

    StdioTransport(String name, List<String> command, Map<String, Secret> environment) {
        this.name = name;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
    }

    @Override
    public void start(Receiver receiver) {
        thread("mcp-" + name, () -> run(receiver)).start();
    }

    private static Thread thread(String name, Runnable work) {
        return Thread.ofPlatform().daemon().name(name).unstarted(work);
    }

    /** The thread that starts the program stays for as long as it runs: the kernel ends the program with this thread. */
    private void run(Receiver receiver) {
        String reason = "it could not be run";
        try {
            Process started = launch();
            if (started != null) {
                reason = serve(started, receiver);
            }
        } catch (IOException e) {
            reason = "it cannot be started: " + e.getMessage();
        } finally {
            receiver.closed(reason);
        }
    }

    private @Nullable Process launch() throws IOException {
        List<String> words = new ArrayList<>();
        if (Files.isExecutable(SETPRIV)) {
            // A node that is killed cannot end its servers, so the kernel does it.
            words.addAll(List.of(SETPRIV.toString(), "--pdeathsig", "KILL", "--"));
        }
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().keySet().retainAll(INHERITED);
        environment.forEach((variable, value) -> builder.environment().put(variable, value.reveal()));
        synchronized (lock) {
            if (closed) {
                return null;
            }
            process = builder.start();
            return process;
        }
    }

    private String serve(Process started, Receiver receiver) {
        thread("mcp-" + name + "-in", () -> write(started.getOutputStream())).start();
        Thread errors = thread("mcp-" + name + "-err", () -> readErrors(started));
        errors.start();
        MessageReader messages = new MessageReader(name, receiver);
        LineReader.Lines lines = new LineReader.Lines() {
            @Override
            public void line(byte[] bytes) {
                messages.take(bytes);
            }

            @Override
            public void tooLong(byte[] start, byte[] end) {
                messages.tooLong(start, end);
            }
        };
        try (var stdout = started.getInputStream()) {
            new LineReader(stdout, MessageReader.MAX_BYTES, MessageReader.KEPT, lines).run();
        } catch (IOException e) {
            LOG.debug("MCP server {}: its output broke off", name, e);
        }
        unwritten.clear();
        unwritten.offer(END);
        return "it ended" + exitStatus(started, errors) + (lastWords.isEmpty() ? "" : "; it last said: " + lastWords);
    }

    /** A program that has closed its output cannot answer any more, so it may go. */
    private static String exitStatus(Process started, Thread errors) {
        try {
            if (started.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                // Its last words come by another pipe, which a child of it may hold open.
                errors.join(LAST_WORDS);
                return " with exit status " + started.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        started.destroyForcibly();
        return " by closing its output";
    }

    private void write(OutputStream stdin) {
        try (stdin) {
            for (byte[] line = unwritten.take(); line.length > 0; line = unwritten.take()) {
                stdin.write(line);
                stdin.flush();
            }
        } catch (IOException e) {
            // The reading thread sees the end of the program and tells it.
            LOG.debug("MCP server {}: its input broke off", name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readErrors(Process started) {
        LineReader.Lines lines = new LineReader.Lines() {
            @Override
            public void line(byte[] bytes) {
                said(new String(bytes, StandardCharsets.UTF_8).strip());
            }

            @Override
            public void tooLong(byte[] start, byte[] end) {
                line(start);
            }
        };
        try (var stderr = started.getErrorStream()) {
            new LineReader(stderr, MAX_ERROR_LINE, MAX_ERROR_LINE / 10, lines).run();
        } catch (IOException e) {
            LOG.debug("MCP server {}: its error output broke off", name, e);
        }
    }

    private void said(String line) {
        String masked = line;
        for (Secret secret : environment.values()) {
            // Shorter ones are no secrets, and masking them would blot out ordinary words.
            masked = secret.reveal().length() < 4 ? masked : masked.replace(secret.reveal(), secret.toString());
        }
        if (!masked.isEmpty()) {
            LOG.debug("MCP server {}: {}", name, masked);
            lastWords = masked.length() > 300 ? masked.substring(0, 300) + "…" : masked;
        }
    }

    @Override
    public void send(JsonObject message, OptionalLong id) throws McpException {
        byte[] line = (message + "\n").getBytes(StandardCharsets.UTF_8);
        if (!unwritten.offer(line)) {
            throw new McpException(
                    McpException.Kind.NOT_SENT,
                    "it does not read its input: " + MAX_UNWRITTEN + " messages wait for it");
        }
    }

    /** Closes its input, then asks it to end, then ends it and all that it has started. */
    @Override
    public void close() {
        Process running;
        synchronized (lock) {
            closed = true;
            running = process;
        }
        if (running == null) {
            return;
        }
        // Once their parent is gone, nobody knows any more whose children they were.
        List<ProcessHandle> all = new ArrayList<>(running.descendants().toList());
        all.add(running.toHandle());
        if (!unwritten.offer(END)) {
            unwritten.clear();
            unwritten.offer(END);
        }
        try {
            if (!ended(all)) {
                all.forEach(ProcessHandle::destroy);
                ended(all);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static boolean ended(List<ProcessHandle> all) throws InterruptedException {
        long deadline = System.nanoTime() + GRACE.toNanos();
        for (ProcessHandle each : all) {
            try {
                each.onExit().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (java.util.concurrent.TimeoutException e) {
                return false;
            } catch (java.util.concurrent.ExecutionException e) {
                throw new IllegalStateException("waiting for the end of a process failed", e);
            }
        }
        return true;
    }
}
