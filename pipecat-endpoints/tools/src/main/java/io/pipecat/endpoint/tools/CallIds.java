package io.pipecat.endpoint.tools;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The calls that can be cancelled by name. */
final class CallIds {
    private static final int REMEMBERED = 256;

    private final Map<String, Runnable> running = new ConcurrentHashMap<>();

    /** A caller may give up before its call has arrived here: requests on two connections overtake one another. */
    private final Set<String> cancelled = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    /** Returns whether it may run. */
    boolean add(String id, Runnable cancel) {
        synchronized (cancelled) {
            return !cancelled.contains(id) && running.putIfAbsent(id, cancel) == null;
        }
    }

    boolean cancelledBefore(String id) {
        synchronized (cancelled) {
            return cancelled.remove(id);
        }
    }

    void remove(String id) {
        running.remove(id);
    }

    /** Returns whether there was one. */
    boolean cancel(String id) {
        Runnable cancel;
        synchronized (cancelled) {
            cancel = running.get(id);
            if (cancel == null) {
                cancelled.add(id);
            }
        }
        if (cancel != null) {
            cancel.run();
        }
        return cancel != null;
    }
}
