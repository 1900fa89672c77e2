package io.pipecat.tools.web;

import okhttp3.HttpUrl;

/** What a server sent in the end. */
final class Fetched {
    private final HttpUrl url;
    private final ContentType type;
    private final byte[] body;

    /**
     * Keeps an answer.
     *
     * @param url where it came from, after the redirects
     * @param type what it is
     * @param body all of it, decompressed; not copied
     */
    Fetched(HttpUrl url, ContentType type, byte[] body) {
        this.url = url;
        this.type = type;
        this.body = body;
    }

    HttpUrl url() {
        return url;
    }

    ContentType type() {
        return type;
    }

    String text() throws UnreadableException {
        return Decoder.decode(body, type);
    }

    /** The bytes are no text. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException() {
            super(null, null, false, false);
        }
    }
}
