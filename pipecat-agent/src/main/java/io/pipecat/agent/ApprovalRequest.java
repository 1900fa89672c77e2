package io.pipecat.agent;

import io.pipecat.api.json.JsonObject;

/**
 * A question to a person: may this run?
 *
 * @param callId the call, as in {@link TurnFrame.ToolStarted#callId()}
 * @param tool the tool: {@code ssh}
 * @param method its method: {@code run_command}
 * @param arguments the arguments, complete; they fit the method's schema. They may hold secrets: to show them, use {@link #shownArguments()}
 * @param description what the method does
 */
public record ApprovalRequest(String callId, String tool, String method, JsonObject arguments, String description) {

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
