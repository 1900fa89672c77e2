package io.pipecat.agent;

import io.pipecat.api.llm.Usage;

/**
 * What came of a turn.
 *
 * @param text the answer: what the model said in its last response, or in an earlier one of the turn if it said nothing there;
 *     cut off if the turn was interrupted; empty if it said nothing at all
 * @param outcome how the turn ended
 * @param usage the tokens of all its responses together, a summary included
 * @param steps how many responses of the model it took, a summary not included
 */
public record TurnResult(String text, Outcome outcome, Usage usage, int steps) {}
