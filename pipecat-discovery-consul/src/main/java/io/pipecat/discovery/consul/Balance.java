package io.pipecat.discovery.consul;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Spreads calls over the instances of one service, and puts those that failed last for a while. Thread-safe. */
final class Balance {
    /** Short, as Consul notices for itself whom nobody can use; this bridges the time until then. */
    static final Duration FIRST_REST = Duration.ofSeconds(5);

    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    private record Rest(Instant until, Duration length) {}

    private final Map<URI, Rest> resting = new HashMap<>();
    private int turn;

    /** Returns the instances, whose turn it is first. It stays its turn, for whoever only looks who there is. */
    synchronized List<URI> order(List<URI> instances, Instant now) {
        List<URI> order = new ArrayList<>(instances.size());
        List<URI> last = new ArrayList<>();
        for (URI instance : instances) {
            (isResting(instance, now) ? last : order).add(instance);
        }
        Collections.rotate(order, -turn);
        Collections.rotate(last, -turn);
        order.addAll(last);
        return List.copyOf(order);
    }

    /** Returns the one whose turn it is; then it is another one's. */
    synchronized Optional<URI> next(List<URI> instances, Instant now) {
        Optional<URI> first = order(instances, now).stream().findFirst();
        turn = Math.floorMod(turn + 1, Integer.MAX_VALUE);
        return first;
    }

    private boolean isResting(URI instance, Instant now) {
        Rest rest = resting.get(instance);
        return rest != null && now.isBefore(rest.until());
    }

    /** One did not work. If it has just rested for that, it rests for longer now. */
    synchronized void failed(URI instance, Instant now) {
        Rest before = resting.get(instance);
        if (before != null && now.isBefore(before.until())) {
            return;
        }
        Duration length = FIRST_REST;
        if (before != null && now.isBefore(before.until().plus(before.length()))) {
            length = before.length().multipliedBy(2);
        }
        Duration limited = length.compareTo(LONGEST_REST) < 0 ? length : LONGEST_REST;
        resting.put(instance, new Rest(now.plus(limited), limited));
    }

    /** One that Consul took away and gave back is a new one. */
    synchronized void keepOnly(Collection<URI> instances) {
        resting.keySet().retainAll(instances);
    }
}
