package io.pipecat.endpoint.web;

import io.pipecat.agent.Conversation;
import io.pipecat.agent.Outcome;
import io.pipecat.agent.TurnFrame;
import io.pipecat.agent.TurnResult;
import io.pipecat.api.NodeContext;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.Usage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A conversation that somebody looks at or that is going on. Its turns run one after the other on a thread that is there while there is
 * something to do, whether anybody listens or not. Thread-safe.
 */
final class Chat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Chat.class);
    private static final int MOST_WAITING = 32;

    /** How a turn ended: what was said, or the sentence that says why nothing was. */
    record Ended(String finish, String text) {}

    /** A turn that was asked for. */
    static final class Asked {
        private final String turn = UUID.randomUUID().toString().substring(0, 13);
        private final String text;
        private final CompletableFuture<Ended> end = new CompletableFuture<>();
        private boolean cancelled;

        Asked(String text) {
            this.text = text;
        }

        String turn() {
            return turn;
        }

        CompletableFuture<Ended> end() {
            return end;
        }
    }

    /** As many turns wait as may. */
    static final class Full extends Exception {
        private static final long serialVersionUID = 1L;

        Full() {
            super("too many messages wait", null, false, false);
        }
    }

    private final String id;
    private final NodeContext context;
    private final Store store;
    private final Listener listener;
    private final ApprovalBridge approvals;
    private final EventLog events = new EventLog();
    private final Deque<Asked> waiting = new ArrayDeque<>();
    private List<Message> history;
    private @Nullable Conversation conversation;
    private @Nullable Asked running;
    private @Nullable Thread worker;
    private boolean closed;
    private int followers;

    /** Is told when a turn begins or ends, and when it begins and ends to wait for a person. */
    interface Listener {
        void changed(String id, String change);
    }

    Chat(String id, NodeContext context, Store store, List<Message> history, ApprovalDesk desk, Listener listener) {
        this.id = id;
        this.context = context;
        this.store = store;
        this.history = history;
        this.listener = listener;
        this.approvals = new ApprovalBridge(desk, events, context, change -> listener.changed(id, change));
    }

    String id() {
        return id;
    }

    EventLog events() {
        return events;
    }

    /** Who follows the events keeps the chat in memory. */
    synchronized void follow() {
        followers++;
    }

    synchronized void unfollow() {
        followers--;
    }

    synchronized Optional<String> runningTurn() {
        return Optional.ofNullable(running).map(Asked::turn);
    }

    /** Whether the turn waits for a person to allow a tool. */
    boolean isAsking() {
        return approvals.isAsking();
    }

    /** The turns that are still to be answered, so that they are not taken for ones whose answer was lost. */
    synchronized Set<String> open() {
        Set<String> open = new HashSet<>();
        runningTurn().ifPresent(open::add);
        waiting.forEach(asked -> open.add(asked.turn));
        return open;
    }

    /** Whether nothing goes on here, so that it may be forgotten; then it takes no more. */
    synchronized boolean closeIfIdle() {
        // The gateway's may hold notes that nobody has asked about yet.
        if (worker == null && followers == 0 && !id.equals(Chats.GATEWAY)) {
            closed = true;
        }
        return closed;
    }

    /**
     * Says something. Stored when this returns; the turn runs as soon as those before it have ended.
     *
     * @param interrupt whether to end the turn that runs
     * @return the turn; empty if this was closed, and another object stands for the conversation
     */
    Optional<Asked> say(String text, boolean interrupt) throws StoreException, Full {
        Asked asked = new Asked(text);
        synchronized (this) {
            if (closed) {
                return Optional.empty();
            }
            if (waiting.size() >= MOST_WAITING) {
                throw new Full();
            }
            Optional<String> preview = Optional.of(Texts.shortened(text, 120));
            if (!store.append(id, Stored.userLine(user(asked)), now(), preview, 2)) {
                // Somebody has just deleted the conversation.
                closed = true;
                return Optional.empty();
            }
            if (interrupt) {
                cancelRunning();
            }
            waiting.add(asked);
            if (worker == null) {
                worker = Thread.ofVirtual().name("web-turn-" + id).start(this::work);
            }
        }
        return Optional.of(asked);
    }

    private JsonObject user(Asked asked) {
        return JsonObject.builder()
                .put("role", "user")
                .put("turn", asked.turn)
                .put("time", now())
                .put("text", asked.text)
                .build();
    }

    private String now() {
        return context.clock().instant().toString();
    }

    /** Puts a note before the model with the next turn. */
    synchronized void note(String note) {
        conversation().addSystemNote(note);
    }

    /** Ends the turn that runs. Returns whether there was one. */
    synchronized boolean cancel() {
        return cancelRunning();
    }

    /** Ends a turn whether it runs or waits. */
    synchronized void cancel(Asked asked) {
        asked.cancelled = true;
        if (running == asked) {
            cancelRunning();
        }
    }

    private boolean cancelRunning() {
        Asked now = running;
        if (now == null) {
            return false;
        }
        now.cancelled = true;
        if (conversation != null) {
            conversation.interrupt();
        }
        return true;
    }

    private void work() {
        for (Asked next = next(); next != null; next = next()) {
            listener.changed(id, "running");
            Ended ended = new Ended("error", "the node failed");
            try {
                ended = turn(next);
            } catch (RuntimeException e) {
                LOG.error("The turn {} of conversation {} failed", next.turn, id, e);
            } finally {
                synchronized (this) {
                    running = null;
                }
                next.end.complete(ended);
                listener.changed(id, "idle");
            }
        }
    }

    private synchronized @Nullable Asked next() {
        running = closed ? null : waiting.poll();
        if (running == null) {
            worker = null;
            waiting.forEach(left -> left.end.complete(new Ended("interrupted", "")));
            waiting.clear();
        }
        return running;
    }

    private Ended turn(Asked asked) {
        AnswerParts parts = new AnswerParts();
        Frames frames = new Frames(events, asked.turn, parts);
        approvals.begin(asked.turn, parts);
        events.begin(JsonObject.builder()
                .put("turn", asked.turn)
                .put("time", now())
                .put("text", asked.text)
                .build());
        String finish;
        String error = "";
        String text = "";
        Usage usage = Usage.NONE;
        try {
            Conversation talk = conversation();
            TurnResult result = isCancelled(asked)
                    ? new TurnResult("", Outcome.INTERRUPTED, Usage.NONE, 0)
                    : talk.send(asked.text, frame -> take(frame, frames, asked, talk));
            finish = result.outcome().name().toLowerCase(Locale.ROOT);
            text = result.text();
            usage = result.usage();
        } catch (LLMException e) {
            finish = "error";
            error = String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            finish = "interrupted";
        } catch (RuntimeException e) {
            LOG.error("The turn {} of conversation {} failed", asked.turn, id, e);
            finish = "error";
            error = "The node failed while it answered; its log says how.";
        }
        finish(asked, parts, finish, error, usage);
        return new Ended(finish, error.isEmpty() ? text : error);
    }

    private void take(TurnFrame frame, Frames frames, Asked asked, Conversation talk) {
        frames.add(frame);
        // Whoever cancelled before the turn had begun found nothing to interrupt.
        if (frame instanceof TurnFrame.TurnStart && isCancelled(asked)) {
            talk.interrupt();
        }
    }

    private synchronized boolean isCancelled(Asked asked) {
        return asked.cancelled || closed;
    }

    private void finish(Asked asked, AnswerParts parts, String finish, String error, Usage usage) {
        String time = now();
        List<Message> after = conversation().history();
        JsonObject answer = parts.message(asked.turn, time, finish, error, usage);
        String stored = "";
        try {
            Stored.Turn told = new Stored.Turn(asked.turn, user(asked), Optional.of(answer));
            String preview = new Stored("", "", "", List.of(told), List.of()).preview();
            store.append(id, Stored.answerLine(answer, history, after), time, Optional.of(preview), 0);
            history = after;
        } catch (StoreException e) {
            LOG.error("The answer of conversation {} could not be stored: {}", id, e.getMessage());
            stored = "This answer could not be stored: " + e.getMessage();
        }
        if (!stored.isEmpty()) {
            events.add(
                    "notice",
                    JsonObject.builder()
                            .put("turn", asked.turn)
                            .put("text", stored)
                            .build());
        }
        JsonObject.Builder end = JsonObject.builder()
                .put("turn", asked.turn)
                .put("finish", finish)
                .put("usage", AnswerParts.usage(usage));
        if (!error.isEmpty()) {
            end.put("error", error);
        }
        events.end(end.build());
    }

    private synchronized Conversation conversation() {
        Conversation talk = conversation;
        if (talk == null) {
            talk = Conversation.builder(context)
                    .id(id)
                    .history(history)
                    .approver(approvals)
                    .build();
            conversation = talk;
        }
        return talk;
    }

    /** Ends the turn that runs, waits until it is stored, and lets followers go. */
    @Override
    public void close() {
        Thread working;
        Conversation talk;
        synchronized (this) {
            closed = true;
            cancelRunning();
            working = worker;
            talk = conversation;
        }
        try {
            if (working != null) {
                working.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (talk != null) {
            talk.close();
        }
        events.close();
    }
}
