/**
 * A conversation: {@link io.pipecat.agent.Conversation#send} takes what the user said, pushes {@link io.pipecat.agent.TurnFrame}s as
 * they come and returns the {@link io.pipecat.agent.TurnResult}. In between it calls tools, asks an
 * {@link io.pipecat.agent.Approver} where a tool is sensitive, keeps an {@link io.pipecat.agent.AuditLog}, and shortens the history
 * before it outgrows the model's context.
 */
@NullMarked
package io.pipecat.agent;

import org.jspecify.annotations.NullMarked;
