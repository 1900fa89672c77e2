package io.pipecat.endpoint.openai;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Who is next: as many places as the model has, and a line for each client behind them. The lines take turns, so that one client with a
 * hundred requests does not keep another with one waiting for all of them. A client may wait in no more places than are left free, so
 * that there is room for another one's first. Thread-safe.
 */
final class FairQueue {
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final IntSupplier places;
    private final int longest;
    /** In the order of their turns; a line that is empty is gone. */
    private final Map<String, Deque<Ticket>> lines = new LinkedHashMap<>();

    private int taken;
    private int waiting;

    /**
     * Makes a queue.
     *
     * @param places how many may be served at once; asked each time, since a model may come later
     * @param longest how many may wait
     */
    FairQueue(IntSupplier places, int longest) {
        this.places = places;
        this.longest = longest;
    }

    /** A place, or one's turn to get it. Closing it gives it back. */
    final class Ticket implements AutoCloseable {
        private final String client;
        private final CountDownLatch served = new CountDownLatch(1);
        private boolean closed;

        private Ticket(String client) {
            this.client = client;
        }

        /** Waits for the place. Returns whether it is there. */
        boolean await(long millis) throws InterruptedException {
            return served.await(millis, TimeUnit.MILLISECONDS);
        }

        void await() throws InterruptedException {
            served.await();
        }

        /** Gives the place back, or stops waiting for it. Closing twice does nothing. */
        @Override
        public void close() {
            synchronized (FairQueue.this) {
                if (closed) {
                    return;
                }
                closed = true;
                if (served.getCount() == 0) {
                    taken--;
                } else {
                    leave(this);
                }
                callNext();
            }
        }
    }

    /**
     * Takes a place or gets in line.
     *
     * @throws ApiError if there is no place, and the queue is full or the client's share of it
     */
    synchronized Ticket enter(String client) throws ApiError {
        Ticket ticket = new Ticket(client);
        Deque<Ticket> line = lines.computeIfAbsent(client, c -> new ArrayDeque<>());
        line.add(ticket);
        waiting++;
        callNext();
        if (ticket.served.getCount() > 0) {
            boolean full = waiting > longest;
            boolean shareFull = line.size() > 1 && line.size() > longest - waiting;
            if (full || shareFull) {
                leave(ticket);
                throw full ? ApiError.queueFull(waiting, RETRY) : ApiError.shareFull(line.size(), RETRY);
            }
        }
        return ticket;
    }

    synchronized int waiting() {
        return waiting;
    }

    synchronized int served() {
        return taken;
    }

    private void leave(Ticket ticket) {
        Deque<Ticket> line = lines.get(ticket.client);
        if (line != null && line.remove(ticket)) {
            waiting--;
            if (line.isEmpty()) {
                lines.remove(ticket.client);
            }
        }
    }

    private void callNext() {
        int most = places.getAsInt();
        while (taken < most && !lines.isEmpty()) {
            Map.Entry<String, Deque<Ticket>> first = lines.entrySet().iterator().next();
            String client = first.getKey();
            Deque<Ticket> line = first.getValue();
            lines.remove(client);
            Ticket next = line.remove();
            if (!line.isEmpty()) {
                // To the end: the others come first now.
                lines.put(client, line);
            }
            waiting--;
            taken++;
            next.served.countDown();
        }
    }
}
