package io.pipecat.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.pipecat.api.http.Response;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** Writes the answer to one request. */
final class Reply {
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final long NO_BODY = -1;
    /** The JDK's server then sends the body in chunks. */
    private static final long CHUNKED = 0;

    private final HttpExchange exchange;
    private int status;
    private long bytes;

    Reply(HttpExchange exchange) {
        this.exchange = exchange;
    }

    /** Zero if nothing was sent. */
    int status() {
        return status;
    }

    long bytes() {
        return bytes;
    }

    /**
     * Sends.
     *
     * @throws IOException if the peer has gone
     * @throws InterruptedException if a stream was interrupted; the peer can tell that its end is missing
     */
    void send(Response response, String instance, boolean last) throws IOException, InterruptedException {
        Headers headers = exchange.getResponseHeaders();
        for (Map.Entry<String, String> header : response.headers().entrySet()) {
            headers.set(header.getKey(), header.getValue());
        }
        headers.set("X-Pipecat-Instance", instance);
        if (last) {
            headers.set("Connection", "close");
        }
        status = response.status();
        boolean bodiless = exchange.getRequestMethod().equals("HEAD") || status == NO_CONTENT || status == NOT_MODIFIED;
        switch (response.body()) {
            case Response.Body.Bytes body
            when bodiless -> {
                if (status != NO_CONTENT) {
                    headers.set("Content-Length", String.valueOf(body.bytes().length));
                }
                exchange.sendResponseHeaders(status, NO_BODY);
            }
            case Response.Body.Stream body when bodiless -> exchange.sendResponseHeaders(status, NO_BODY);
            case Response.Body.Bytes body -> send(body.bytes());
            case Response.Body.Stream body -> send(body.writer());
        }
        exchange.close();
    }

    private void send(byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? NO_BODY : body.length);
        bytes = body.length;
        if (body.length > 0) {
            OutputStream out = exchange.getResponseBody();
            out.write(body);
            // Closing first reads what is left of the request, which may be long in coming.
            out.flush();
        }
    }

    private void send(Response.Writer writer) throws IOException, InterruptedException {
        exchange.sendResponseHeaders(status, CHUNKED);
        boolean complete = false;
        try {
            OutputStream out = exchange.getResponseBody();
            // Whoever waits for events wants to know at once that it is connected.
            out.flush();
            writer.write(new Counted(out));
            complete = true;
        } finally {
            if (!complete) {
                abort();
            }
        }
    }

    /** Closes the connection without the mark that ends a body: writing on an interrupted thread closes its channel. */
    void abort() {
        boolean interrupted = Thread.interrupted();
        Thread.currentThread().interrupt();
        exchange.close();
        if (!interrupted) {
            Thread.interrupted();
        }
    }

    /** Counts, and leaves closing to the server: a writer that closes early would end the exchange under it. */
    private final class Counted extends FilterOutputStream {
        Counted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            bytes++;
        }

        @Override
        public void write(byte[] data, int offset, int length) throws IOException {
            out.write(data, offset, length);
            bytes += length;
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }
}
