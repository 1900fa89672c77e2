package io.pipecat.api.world;

import io.pipecat.api.Subscription;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import java.util.function.Consumer;

/**
 * The state of the house, kept in this process or read from the cluster's. Thread-safe.
 *
 * <p>Topics are MQTT's: levels parted by {@code /}, of which each may be empty.
 */
public interface WorldModel extends AutoCloseable {

    /**
     * Returns what the model works on, for the topology and for messages.
     *
     * @return such as {@code ontology.yaml, 12 devices, mqtt://broker:1883 (MQTT 5)}; may be empty
     */
    default String description() {
        return "";
    }

    /**
     * Returns what is known. Never blocks and never fails: while the source is away, it is the last that was known.
     *
     * @return an immutable snapshot
     */
    WorldState state();

    /**
     * Says what is so: an observation.
     *
     * @param topic the topic, without wildcards; at most 65,535 bytes of UTF-8
     * @param value the value; {@link io.pipecat.api.json.JsonNull} is a value, see {@link #remove} for none
     * @throws WorldModelException if there is no way to tell the model, or it has no room
     * @throws IllegalArgumentException if the topic is none; the message is a sentence
     */
    void update(String topic, JsonValue value) throws WorldModelException;

    /**
     * Says that nothing is known of a topic any more.
     *
     * @param topic the topic, without wildcards
     * @throws WorldModelException if there is no way to tell the model
     * @throws IllegalArgumentException if the topic is none; the message is a sentence
     */
    void remove(String topic) throws WorldModelException;

    /**
     * Asks a device to change. The state changes when the device confirms, until then it is marked as assumed.
     *
     * @param device the device's id
     * @param change what is wanted, by property: {@code {"state": "on", "brightness": 40}}
     * @return what became of it so far
     * @throws WorldModelException if the device is unknown, does not take commands, or cannot be reached; names the
     *     nearest device
     * @throws IllegalArgumentException if the change names no property
     * @throws InterruptedException if the calling thread is interrupted
     */
    CommandResult command(String device, JsonObject change) throws WorldModelException, InterruptedException;

    /**
     * Listens for changes.
     *
     * @param filter a topic, with MQTT's wildcards {@code +} (one level) and {@code #} (the rest)
     * @param listener gets each change once, in order, on a thread of the model. One that falls thousands of changes
     *     behind gets the sum of those of each topic instead
     * @return closing it ends the listening
     * @throws IllegalArgumentException if the filter is not a topic filter
     */
    Subscription watch(String filter, Consumer<? super StateChange> listener);

    /**
     * Asks the scheduler and the service catalogue anew which machines and agents there are, where they are configured.
     *
     * @throws WorldModelException if one that is configured cannot be reached; what the others said is taken in
     * @throws InterruptedException if the calling thread is interrupted
     */
    void refresh() throws WorldModelException, InterruptedException;

    /**
     * Has a batch job run on the cluster.
     *
     * @param job what to run
     * @return the scheduler's answer
     * @throws WorldModelException if the scheduler cannot be reached or refuses
     * @throws InterruptedException if the calling thread is interrupted
     */
    JobTicket dispatch(JobRequest job) throws WorldModelException, InterruptedException;

    /** Writes what is not yet written and ends the connections. */
    @Override
    void close();
}
