package io.pipecat.agent;

import io.pipecat.api.json.JsonObject;

/**
 * A question to a person: may this run?
 *
 * @param callId the call, as in {@link TurnFrame.ToolStarted#callId()}
 * @param tool the tool: {@code ssh}
 * @param method its method: {@code run_command}
 * @param arguments the arguments, complete; they fit the method's schema
 * @param description what the method does
 */
public record ApprovalRequest(String callId, String tool, String method, JsonObject arguments, String description) {}
