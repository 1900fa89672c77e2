package io.pipecat.tools.home;

/** Asks a service that speaks JSON. */
interface Rest extends AutoCloseable {
    /**
     * Sends a request and reads the whole answer.
     *
     * @throws RestException if there is none
     * @throws InterruptedException if the calling thread is interrupted; the connection is closed
     */
    RestClient.Answer ask(RestClient.Question question) throws RestException, InterruptedException;

    /** Ends what is running. */
    @Override
    void close();
}
