package io.pipecat.endpoint.wyoming;

import io.pipecat.api.NodeContext;
import io.pipecat.api.http.Binding;
import io.pipecat.api.http.ListenException;
import io.pipecat.api.http.Listener;
import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes connections, a virtual thread for each. */
final class WyomingListener implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(WyomingListener.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

    private final ServerSocket server;
    private final NodeContext context;
    private final Dialogues dialogues;
    private final Duration idle;
    private final int most;
    private final Map<Socket, Thread> open = new ConcurrentHashMap<>();
    private volatile boolean draining;

    private WyomingListener(ServerSocket server, NodeContext context) {
        this.idle = context.settings().get(WyomingSettings.IDLE);
        this.server = server;
        this.context = context;
        this.dialogues = new Dialogues(context, idle);
        this.most = context.settings().get(WyomingSettings.CONNECTIONS);
    }

    // The listener closes it.
    @SuppressWarnings("resource")
    static WyomingListener open(Binding binding, NodeContext context) throws ListenException {
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(binding.address());
            WyomingListener listener = new WyomingListener(server, context);
            Thread.ofVirtual().name("wyoming-accept").start(listener::accept);
            return listener;
        } catch (IOException e) {
            throw new ListenException(
                    "'" + binding.service() + "' cannot listen on "
                            + binding.address().getAddress().getHostAddress() + " port "
                            + binding.address().getPort() + ": " + e.getMessage()
                            + ". Stop what listens there, or set wyoming_port (0 takes any free one).",
                    e);
        }
    }

    /** Where accepting fails at once and again, as it does while the process may open no more files, it must not take all of a processor. */
    private void accept() {
        while (!server.isClosed()) {
            try {
                take(server.accept());
            } catch (IOException e) {
                if (server.isClosed()) {
                    return;
                }
                LOG.warn("Taking a connection of a voice assistant failed", e);
                if (!pause()) {
                    return;
                }
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void take(Socket socket) throws IOException {
        if (open.size() >= most || draining) {
            socket.close();
            return;
        }
        Thread thread = Thread.ofVirtual().name("wyoming-session").unstarted(() -> serve(socket));
        open.put(socket, thread);
        thread.start();
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            TimedInput timed = new TimedInput(socket, idle);
            EventReader in = new EventReader(new BufferedInputStream(timed), timed);
            EventWriter out = new EventWriter(new BufferedOutputStream(socket.getOutputStream()));
            new Session(info(), dialogues, in, out, () -> draining).run();
        } catch (IOException e) {
            LOG.debug("A connection of a voice assistant ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("Serving a voice assistant failed", e);
        } finally {
            open.remove(socket);
            synchronized (open) {
                open.notifyAll();
            }
        }
    }

    private JsonObject info() {
        JsonObject model = artifact("pipecat")
                .put("languages", JsonArray.ofStrings(context.settings().get(WyomingSettings.LANGUAGES)))
                .build();
        JsonObject program = artifact("pipecat")
                .put("models", JsonArray.of(model))
                // Home Assistant passes over the events of a streamed answer and waits for this one.
                .put("supports_handled_streaming", false)
                .put("supports_home_control", true)
                .build();
        return JsonObject.builder()
                .put("asr", JsonArray.EMPTY)
                .put("tts", JsonArray.EMPTY)
                .put("handle", JsonArray.of(program))
                .put("intent", JsonArray.EMPTY)
                .put("wake", JsonArray.EMPTY)
                .build();
    }

    private JsonObject.Builder artifact(String name) {
        return JsonObject.builder()
                .put("name", name)
                .put(
                        "attribution",
                        JsonObject.builder()
                                .put("name", "pipecat")
                                .put("url", "")
                                .build())
                .put("installed", true)
                .put("description", "The agent of the node " + context.node().name() + ", with its tools")
                .put("version", context.node().version());
    }

    @Override
    public URI address() {
        String host = server.getInetAddress().getHostAddress();
        String shown =
                server.getInetAddress() instanceof Inet6Address ? "[" + host.replaceFirst("%.*", "") + "]" : host;
        return URI.create("tcp://" + shown + ":" + server.getLocalPort());
    }

    @Override
    public void drain(Duration deadline) throws InterruptedException {
        draining = true;
        long end = System.nanoTime() + deadline.toNanos();
        open.keySet().forEach(WyomingListener::hearNoMore);
        synchronized (open) {
            while (!open.isEmpty()) {
                long millis = (end - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    break;
                }
                open.wait(millis);
            }
        }
        open.values().forEach(Thread::interrupt);
    }

    /** What was said is still answered; then its reader finds the end. */
    private static void hearNoMore(Socket socket) {
        try {
            socket.shutdownInput();
        } catch (IOException e) {
            LOG.debug("A connection of a voice assistant ended", e);
        }
    }

    @Override
    public void close() {
        draining = true;
        closeQuietly(server);
        open.forEach((socket, thread) -> {
            thread.interrupt();
            closeQuietly(socket);
        });
        dialogues.close();
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            LOG.debug("A socket could not be closed", e);
        }
    }
}
