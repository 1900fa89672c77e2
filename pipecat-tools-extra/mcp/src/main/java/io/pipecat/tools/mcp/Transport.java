package io.pipecat.tools.mcp;

import io.pipecat.api.json.JsonObject;
import java.util.OptionalLong;

/** Carries messages to a server and back. Thread-safe; no method waits for the server. */
interface Transport extends AutoCloseable {

    /** Takes what comes from a server, on threads of the transport. */
    interface Receiver {

        /** A message came. */
        void message(JsonObject message);

        /** A request will not be answered; does nothing if it has been. One that could not be sent is the end of the connection. */
        void failed(long id, McpException reason);

        /** Nothing more will come. */
        void closed(String reason);
    }

    /**
     * Connects, or begins to; that it fails is told to the receiver. Called once, before everything else.
     *
     * @param receiver takes what comes
     */
    void start(Receiver receiver);

    /**
     * Sends a message, or begins to.
     *
     * @param message the message
     * @param id its id if it is a request
     * @throws McpException if it certainly was not sent
     */
    void send(JsonObject message, OptionalLong id) throws McpException;

    /** Says that nobody waits for an answer any more. */
    default void abandon(long id) {}

    /**
     * Says that the server has introduced itself.
     *
     * @param protocolVersion the version that was agreed on
     * @param notifies whether the server will tell of changes by itself
     */
    default void established(String protocolVersion, boolean notifies) {}

    /** Ends the connection, and the server if it was started for it. Waits for that a few seconds at most. */
    @Override
    void close();
}
