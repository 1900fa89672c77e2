package io.pipecat.tools.remote;

import okhttp3.Headers;

/** What a server answered, with as much of the body as is read. */
final class Reply implements Exchange.Ending {
    private final int status;
    private final Headers headers;
    private final byte[] body;
    private final boolean cut;

    /**
     * Makes a reply.
     *
     * @param status the status code
     * @param headers the headers
     * @param body the body, or its beginning
     * @param cut whether there is more of the body than is read
     */
    Reply(int status, Headers headers, byte[] body, boolean cut) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.cut = cut;
    }

    int status() {
        return status;
    }

    Headers headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    boolean isCut() {
        return cut;
    }
}
