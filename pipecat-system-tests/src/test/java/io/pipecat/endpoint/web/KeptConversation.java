package io.pipecat.endpoint.web;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A conversation as the web endpoint keeps it, for a test that kills whoever writes it. */
public final class KeptConversation {
    private static final String ID = "killed";
    private static final String TIME = "2026-11-01T12:00:00Z";

    private final Store store;

    /**
     * Opens it, or begins it.
     *
     * @param stateDir the state folder
     * @throws IOException if that cannot be
     */
    public KeptConversation(Path stateDir) throws IOException {
        store = new Store(stateDir.resolve("conversations"));
        try {
            if (store.find(ID).isEmpty()) {
                store.create(ID, "Killed", TIME);
            }
        } catch (StoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Says something and is answered; both are on the disk when this returns.
     *
     * @param turn the number of the turn
     * @throws IOException if it cannot be stored
     */
    public void turn(int turn) throws IOException {
        List<Message> before = load().context();
        String number = Integer.toString(turn);
        append(Stored.userLine(message("user", turn).put("text", number).build()), number);
        List<Message> after = new ArrayList<>(before);
        after.add(new Message.User(number));
        after.add(new Message.Assistant("It is " + number, List.of()));
        JsonObject part = JsonObject.builder()
                .put("type", "text")
                .put("text", "It is " + number)
                .build();
        JsonObject answer = message("assistant", turn)
                .put("finish", "completed")
                .put("parts", JsonArray.of(part))
                .build();
        append(Stored.answerLine(answer, before, after), "It is " + number);
    }

    private static JsonObject.Builder message(String role, int turn) {
        return JsonObject.builder()
                .put("role", role)
                .put("turn", Integer.toString(turn))
                .put("time", TIME);
    }

    private void append(JsonObject line, String preview) throws IOException {
        try {
            if (!store.append(ID, line, TIME, Optional.of(preview), 1)) {
                throw new IllegalStateException("the conversation is gone");
            }
        } catch (StoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Stored load() throws IOException {
        try {
            return store.load(ID).orElseThrow();
        } catch (StoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Returns how many turns it has.
     *
     * @return the turns that were begun, and of these those that were answered
     * @throws IOException if it cannot be read
     * @throws AssertionError if they are not in order, or the model's context is not what was said
     */
    public Turns turns() throws IOException {
        Stored stored = load();
        int begun = 0;
        int answered = 0;
        for (Stored.Turn turn : stored.turns()) {
            begun++;
            if (!turn.user().string("text").equals(Optional.of(turn.id()))) {
                throw new AssertionError("turn " + turn.id() + " holds what another said");
            }
            answered += turn.assistant().isPresent() ? 1 : 0;
        }
        if (stored.context().size() != 2 * answered) {
            throw new AssertionError(
                    answered + " answers and a context of " + stored.context().size());
        }
        if (!stored.title().equals("Killed")) {
            throw new AssertionError("the title is gone");
        }
        return new Turns(begun, answered);
    }

    /**
     * What there is.
     *
     * @param begun turns that were begun
     * @param answered turns that were answered
     */
    public record Turns(int begun, int answered) {
        /**
         * Returns how many answers were lost.
         *
         * @return the turns without an answer
         */
        public int unanswered() {
            return begun - answered;
        }
    }
}
