package io.pipecat.endpoint.wyoming;

import io.pipecat.agent.Conversation;
import io.pipecat.agent.Outcome;
import io.pipecat.agent.TurnResult;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.LLMException;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection: answers its events one after the other. */
final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final JsonObject info;
    private final Dialogues dialogues;
    private final EventReader in;
    private final EventWriter out;
    private final BooleanSupplier stopping;
    private final String own = "connection-" + UUID.randomUUID();

    /**
     * Makes a session.
     *
     * @param stopping whether the node shuts down, which closes the conversations under their sentences
     */
    Session(JsonObject info, Dialogues dialogues, EventReader in, EventWriter out, BooleanSupplier stopping) {
        this.info = info;
        this.dialogues = dialogues;
        this.in = in;
        this.out = out;
        this.stopping = stopping;
    }

    void run() throws IOException, InterruptedException {
        try {
            for (Optional<Event> event = in.next(); event.isPresent(); event = in.next()) {
                answer(event.get());
            }
        } catch (EventReader.BadEventException e) {
            out.write(new Event(
                    "error",
                    JsonObject.builder()
                            .put("text", String.valueOf(e.getMessage()))
                            .put("code", "bad-event")
                            .build()));
        } catch (EOFException e) {
            LOG.debug("A voice assistant went away within an event", e);
        } finally {
            dialogues.forget(own);
        }
    }

    private void answer(Event event) throws IOException, InterruptedException {
        switch (event.type()) {
            case "describe" -> out.write(new Event("info", info));
            case "ping" -> out.write(new Event("pong", text(event.data().string("text"))));
            case "transcript" -> transcript(event.data());
            // Sound, and whatever else a satellite says, is for other services.
            default -> LOG.debug("An event '{}' was passed over", event.type());
        }
    }

    private static JsonObject text(Optional<String> text) {
        return text.map(t -> JsonObject.of("text", t)).orElse(JsonObject.EMPTY);
    }

    private void transcript(JsonObject data) throws IOException, InterruptedException {
        String said = data.string("text").orElse("").strip();
        JsonObject context = data.object("context").orElse(JsonObject.EMPTY);
        if (said.isEmpty()) {
            reply("not-handled", "I heard nothing.", context);
            return;
        }
        // A name from outside never meets the name of a connection.
        String name = context.string("conversation_id").map(id -> "named-" + id).orElse(own);
        try {
            converse(name, said, context);
        } catch (LLMException e) {
            LOG.warn("A sentence of a voice assistant was not answered: {}", e.getMessage());
            reply("not-handled", "The language model cannot answer now.", context);
        } catch (RuntimeException e) {
            if (e instanceof IllegalStateException && stopping.getAsBoolean()) {
                LOG.debug("The conversation was closed under a sentence", e);
                reply("not-handled", "This node is shutting down.", context);
            } else {
                LOG.error("Answering a voice assistant failed", e);
                reply("not-handled", "Something went wrong here; see the node's log.", context);
            }
        }
    }

    private void converse(String name, String said, JsonObject context)
            throws LLMException, IOException, InterruptedException {
        Conversation conversation = dialogues.take(name);
        try {
            TurnResult result = conversation.send(said, frame -> {});
            boolean answered =
                    result.outcome() != Outcome.INTERRUPTED && !result.text().isBlank();
            reply(
                    answered ? "handled" : "not-handled",
                    answered ? result.text().strip() : "I have no answer to that.",
                    context);
        } finally {
            dialogues.giveBack(name);
        }
    }

    private void reply(String type, String text, JsonObject context) throws IOException {
        JsonObject.Builder data = JsonObject.builder().put("text", text);
        if (!context.members().isEmpty()) {
            data.put("context", context);
        }
        out.write(new Event(type, data.build()));
    }
}
