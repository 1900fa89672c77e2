package io.pipecat.api;

import java.time.Instant;

/** Something that changed while the node runs and that its operator may want to know. */
public sealed interface NodeEvent {

    /**
     * Returns when it happened.
     *
     * @return the time by the node's clock
     */
    Instant time();

    /**
     * Returns what happened, in one sentence for a person.
     *
     * @return the sentence, without secrets
     */
    String message();

    /**
     * A role is served by something else from now on.
     *
     * @param time when
     * @param role the role, as in {@link Topology.Role#role()}
     * @param from what served it
     * @param to what serves it now
     * @param message why, in a sentence
     */
    record RoleSwitched(Instant time, String role, String from, String to, String message) implements NodeEvent {}

    /**
     * A setting has a new value.
     *
     * @param time when
     * @param setting its canonical name
     * @param source where the value comes from
     * @param message what changed; a secret's value is never in it
     */
    record SettingChanged(Instant time, String setting, String source, String message) implements NodeEvent {}

    /**
     * Something is not as it should be, and the node goes on without it.
     *
     * @param time when
     * @param role the role that it concerns
     * @param message what is wrong and what to do
     */
    record Degraded(Instant time, String role, String message) implements NodeEvent {}
}
