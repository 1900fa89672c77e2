package io.pipecat.endpoint.web;

import io.pipecat.api.NodeContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The conversations that are in memory. Thread-safe. */
final class Chats implements AutoCloseable {
    /** The conversation of the gateway: other programs talk to one assistant, as they did to the predecessor. */
    static final String GATEWAY = "gateway";

    private static final int MOST = 256;
    private static final int LONGEST_TITLE = 60;

    /** What became of a message. */
    record Said(Chat chat, Chat.Asked asked, long before) {}

    private final NodeContext context;
    private final Store store;
    private final ApprovalDesk desk;
    private final Chat.Listener listener;
    /** Least recently used first. */
    private final Map<String, Chat> live = new LinkedHashMap<>(16, 0.75f, true);

    private boolean closed;

    Chats(NodeContext context, Store store, ApprovalDesk desk, Chat.Listener listener) {
        this.context = context;
        this.store = store;
        this.desk = desk;
        this.listener = listener;
    }

    Store.Summary create(String title) throws StoreException {
        return create(UUID.randomUUID().toString().replace("-", "").substring(0, 20), title);
    }

    private Store.Summary create(String id, String title) throws StoreException {
        Store.Summary made = store.create(id, title, context.clock().instant().toString());
        listener.changed(id, "created");
        return made;
    }

    /** Returns a conversation, and loads it if it is not in memory; empty if there is none of that id. */
    Optional<Chat> find(String id) throws StoreException {
        synchronized (live) {
            Chat there = live.get(id);
            if (there != null) {
                return Optional.of(there);
            }
        }
        Optional<Stored> stored = store.load(id);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        List<Chat> idle = new ArrayList<>();
        Chat found;
        synchronized (live) {
            if (closed) {
                throw new IllegalStateException("the listener is closed");
            }
            found = live.computeIfAbsent(
                    id, key -> new Chat(key, context, store, stored.get().context(), desk, listener));
            if (live.size() > MOST) {
                for (Chat each : List.copyOf(live.values())) {
                    if (live.size() > MOST && each != found && each.closeIfIdle()) {
                        live.remove(each.id());
                        idle.add(each);
                    }
                }
            }
        }
        idle.forEach(Chat::close);
        return Optional.of(found);
    }

    /** Whether a turn runs in a conversation. */
    boolean isRunning(String id) {
        synchronized (live) {
            Chat chat = live.get(id);
            return chat != null && chat.runningTurn().isPresent();
        }
    }

    /** Whether a turn waits in a conversation for a person to allow a tool. */
    boolean isAsking(String id) {
        synchronized (live) {
            Chat chat = live.get(id);
            return chat != null && chat.isAsking();
        }
    }

    /** Says something in a conversation, which gets its first words as its title if it has none; empty if there is none of that id. */
    Optional<Said> say(String id, String text, boolean interrupt) throws StoreException, Chat.Full {
        while (true) {
            Optional<Chat> chat = find(id);
            if (chat.isEmpty()) {
                return Optional.empty();
            }
            long before = chat.get().events().last();
            Optional<Chat.Asked> asked = chat.get().say(text, interrupt);
            if (asked.isPresent()) {
                title(id, text);
                return Optional.of(new Said(chat.get(), asked.get(), before));
            }
            synchronized (live) {
                live.remove(id, chat.get());
            }
        }
    }

    private void title(String id, String text) throws StoreException {
        Optional<Store.Summary> summary = store.find(id);
        if (summary.isPresent() && summary.get().title().isBlank()) {
            store.rename(
                    id,
                    Texts.shortened(text, LONGEST_TITLE),
                    context.clock().instant().toString());
        }
        listener.changed(id, "updated");
    }

    /** Says something to the assistant of the gateway; what others say meanwhile waits. */
    Said sayToGateway(String text) throws StoreException, Chat.Full {
        gateway();
        return say(GATEWAY, text, false).orElseThrow();
    }

    private synchronized Chat gateway() throws StoreException {
        if (store.find(GATEWAY).isEmpty()) {
            create(GATEWAY, "Gateway");
        }
        return find(GATEWAY).orElseThrow();
    }

    /** Puts a note before the model in the gateway's conversation and in those that are in use. */
    void note(String note) throws StoreException {
        gateway();
        forEach(chat -> chat.note(note));
    }

    private void forEach(Consumer<Chat> action) {
        List<Chat> all;
        synchronized (live) {
            all = List.copyOf(live.values());
        }
        all.forEach(action);
    }

    /** Deletes a conversation with whatever goes on in it; false if there is none of that id. */
    boolean delete(String id) throws StoreException {
        Chat chat;
        synchronized (live) {
            chat = live.remove(id);
        }
        if (chat != null) {
            chat.close();
        }
        boolean deleted = store.delete(id);
        if (deleted) {
            listener.changed(id, "deleted");
        }
        return deleted;
    }

    @Override
    public void close() {
        List<Chat> all;
        synchronized (live) {
            closed = true;
            all = List.copyOf(live.values());
            live.clear();
        }
        // Together: each waits until its model and tools have stopped.
        List<Thread> closing = all.stream()
                .map(chat -> Thread.ofVirtual().name("web-close").start(chat::close))
                .toList();
        try {
            for (Thread each : closing) {
                each.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
