package io.pipecat.endpoint.wyoming;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * What a peer sends. It may say nothing for some time, and take as long for a whole event: a limit for each read would let it hold its
 * connection with a byte now and then. Not thread-safe.
 */
final class TimedInput extends InputStream implements EventReader.Pace {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Socket socket;
    private final InputStream in;
    private final long limitNanos;
    private boolean within;
    private long deadline;

    /**
     * Reads from a socket.
     *
     * @param limit how long a silence may last, and how long an event; at least a millisecond
     */
    TimedInput(Socket socket, Duration limit) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.limitNanos = limit.toNanos();
    }

    @Override
    public void eventBegins() {
        within = true;
        deadline = System.nanoTime() + limitNanos;
    }

    @Override
    public void eventEnds() {
        within = false;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        long nanos = within ? deadline - System.nanoTime() : limitNanos;
        if (nanos <= 0) {
            throw new SocketTimeoutException("an event took too long to come");
        }
        // Rounded up: zero would mean for ever.
        socket.setSoTimeout(Math.toIntExact((nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI));
        return in.read(bytes, offset, length);
    }
}
