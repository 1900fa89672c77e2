package io.pipecat.endpoint.wyoming;

import io.pipecat.agent.Conversation;
import io.pipecat.api.NodeContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The conversations that go on. Home Assistant makes a connection for each sentence and names the conversation in the sentence's context;
 * who names none has one for each connection. Thread-safe.
 */
final class Dialogues implements AutoCloseable {
    private static final int MOST = 256;

    private record Kept(Conversation conversation, Instant used, int speaking) {}

    private final NodeContext context;
    private final Clock clock;
    private final Duration idle;
    private final Map<String, Kept> kept = new LinkedHashMap<>();

    Dialogues(NodeContext context, Duration idle) {
        this.context = context;
        this.clock = context.steadyClock();
        this.idle = idle;
    }

    /** Returns the conversation of that name, to be {@linkplain #giveBack given back}. */
    synchronized Conversation take(String name) {
        forgetOld();
        Kept found = kept.remove(name);
        // Nobody can be asked over this protocol, so what needs approval is denied and the model told so.
        Conversation conversation =
                found == null ? Conversation.builder(context).build() : found.conversation();
        kept.put(name, new Kept(conversation, clock.instant(), found == null ? 1 : found.speaking() + 1));
        return conversation;
    }

    synchronized void giveBack(String name) {
        kept.computeIfPresent(name, (n, one) -> new Kept(one.conversation(), clock.instant(), one.speaking() - 1));
    }

    synchronized void forget(String name) {
        Kept one = kept.remove(name);
        if (one != null) {
            one.conversation().close();
        }
    }

    private void forgetOld() {
        Instant before = clock.instant().minus(idle);
        Iterator<Kept> all = kept.values().iterator();
        while (all.hasNext()) {
            Kept one = all.next();
            if (one.speaking() == 0 && (one.used().isBefore(before) || kept.size() >= MOST)) {
                all.remove();
                one.conversation().close();
            }
        }
    }

    @Override
    public void close() {
        Map<String, Kept> all;
        synchronized (this) {
            all = Map.copyOf(kept);
            kept.clear();
        }
        all.values().forEach(one -> one.conversation().close());
    }
}
