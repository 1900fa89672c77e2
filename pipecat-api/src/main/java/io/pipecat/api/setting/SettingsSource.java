package io.pipecat.api.setting;

import io.pipecat.api.Subscription;
import java.util.List;
import java.util.Map;

/** Settings that a cluster shares, such as Consul's {@code config/app/settings}. They change while the node runs. */
public interface SettingsSource extends AutoCloseable {

    /**
     * Returns what to call it in messages.
     *
     * @return such as {@code Consul config/app/settings}
     */
    String name();

    /**
     * Returns the last good values.
     *
     * @return text by canonical name; empty while the source was never reached
     */
    Map<String, String> values();

    /**
     * Returns what is wrong with it now, while {@link #values()} are still the last good ones.
     *
     * @return sentences: what is wrong, what holds meanwhile, what to do; by default none
     */
    default List<String> problems() {
        return List.of();
    }

    /**
     * Listens for changes.
     *
     * @param listener called after {@link #values()} or {@link #problems()} changed
     * @return closing it ends the listening
     */
    Subscription onChange(Runnable listener);

    /** Stops watching. */
    @Override
    void close();
}
