package io.pipecat.agent;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.Usage;
import java.time.Duration;

/**
 * What a conversation pushes during a turn. The first is a {@link TurnStart}, the last a {@link TurnEnd} unless
 * {@link Conversation#send} throws an {@link io.pipecat.api.llm.LLMException}. Each {@link ToolStarted} is followed by exactly one
 * {@link ToolFinished} of the same call; between those of one call lie frames of others, since calls run side by side.
 */
public sealed interface TurnFrame {

    /**
     * The turn has begun.
     *
     * @param turnId names the turn within its conversation
     */
    record TurnStart(String turnId) implements TurnFrame {}

    /**
     * A piece of what the model says.
     *
     * @param text the piece; not empty
     */
    record Text(String text) implements TurnFrame {}

    /**
     * A piece of what the model thinks aloud; not part of the answer.
     *
     * @param text the piece; not empty
     */
    record Reasoning(String text) implements TurnFrame {}

    /**
     * The model wants a tool called. The call may yet be refused, by a person or because it makes no sense.
     *
     * @param callId names the call, unique within the node
     * @param name tool and method, {@code calculator.evaluate}; for a function that does not exist the name that the model gave
     * @param arguments the arguments; empty if they are not a JSON object. They may hold secrets and anything else that a model writes: to show
     *     them, use {@link #shownArguments()}
     * @param sensitive whether the method declares that a person is to be asked
     */
    record ToolStarted(String callId, String name, JsonObject arguments, boolean sensitive) implements TurnFrame {
        /**
         * Returns the arguments for the eyes of a person; whatever shows them shows this. It is JSON text in which secrets are
         * blanked by their names and usual spellings, as in the {@link AuditLog}, and control, bidirectional and other
         * invisible characters are escaped. After 2000 characters it is cut, and how much is missing is said.
         *
         * @return one line
         */
        public String shownArguments() {
            return ShownArguments.of(arguments);
        }
    }

    /**
     * A tool says what it is doing.
     *
     * @param callId the call
     * @param line one line for a person
     */
    record ToolProgress(String callId, String line) implements TurnFrame {}

    /**
     * A call has ended.
     *
     * @param callId the call
     * @param name as in {@link ToolStarted#name()}
     * @param resultText what the model is told: the result as JSON text (cut if it is too long), or if {@code error} a sentence
     * @param error whether there is no result: it failed, was refused, or was ended
     * @param took how long the tool ran; zero if it was not called
     */
    record ToolFinished(String callId, String name, String resultText, boolean error, Duration took)
            implements TurnFrame {}

    /**
     * Something that the user may want to know and that is not part of the answer.
     *
     * @param message a sentence, such as that the history was summarised
     */
    record Notice(String message) implements TurnFrame {}

    /**
     * The turn is over; {@link Conversation#history()} holds it.
     *
     * @param outcome how it ended
     * @param usage the tokens it took
     */
    record TurnEnd(Outcome outcome, Usage usage) implements TurnFrame {}
}
