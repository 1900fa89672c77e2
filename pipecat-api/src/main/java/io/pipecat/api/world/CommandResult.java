package io.pipecat.api.world;

/**
 * What became of a command so far.
 *
 * @param device the device's id
 * @param status whether the device has confirmed
 * @param message one sentence for a person or a model
 */
public record CommandResult(String device, Status status, String message) {

    /** How far a command got. */
    public enum Status {
        /** The device has the wanted state. */
        CONFIRMED,
        /** It was sent, and the state is assumed until the device confirms. */
        SENT
    }
}
