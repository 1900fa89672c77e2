package io.pipecat.api.discovery;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds services by name. Thread-safe. Lookups are cheap: answers are kept current in the background. */
public interface ServiceDiscovery extends AutoCloseable {

    /**
     * Returns an instance to use now. Calls spread over the healthy ones; one that was
     * {@linkplain #reportFailure reported} is avoided while there are others; this node itself is never returned.
     *
     * @param name the service
     * @return an instance; empty if there is none
     * @throws DiscoveryException if where to look cannot be asked and nothing is known from before
     * @throws InterruptedException if the calling thread is interrupted
     */
    Optional<Endpoint> find(ServiceName name) throws DiscoveryException, InterruptedException;

    /**
     * Returns all instances that are healthy as far as is known. Does not count as a use of any, so that those who have found one can
     * look for another without changing over whom calls are spread.
     *
     * @param name the service
     * @return the instances, best first
     * @throws DiscoveryException if where to look cannot be asked and nothing is known from before
     * @throws InterruptedException if the calling thread is interrupted
     */
    List<Endpoint> findAll(ServiceName name) throws DiscoveryException, InterruptedException;

    /**
     * Tells that an instance did not work, so that others are preferred for a while.
     *
     * @param name the service
     * @param endpoint the instance
     */
    default void reportFailure(ServiceName name, Endpoint endpoint) {}

    /**
     * Says why there is no instance, for messages: what was found where one was looked for. May ask the source, so it is
     * for failures only.
     *
     * @param name the service
     * @return the beginning of a sentence: {@code Consul at core:8500 answers, but no instance of x is passing; 1 critical}
     * @throws InterruptedException if the calling thread is interrupted
     */
    default String absence(ServiceName name) throws InterruptedException {
        return description() + " knows no instance of " + name;
    }

    /**
     * Says why there is no instance of any of several services, for messages. What holds for all of them is said once.
     *
     * @param names the services
     * @return the sentences of {@link #absence(ServiceName)}, beginnings too
     * @throws InterruptedException if the calling thread is interrupted
     */
    default String absence(List<ServiceName> names) throws InterruptedException {
        Set<String> all = new LinkedHashSet<>();
        for (ServiceName name : names) {
            all.add(absence(name));
        }
        return String.join("; ", all);
    }

    /**
     * Returns where this looks, for messages.
     *
     * @return such as {@code Consul at core:8500}
     */
    String description();

    /** Stops keeping answers current. */
    @Override
    void close();
}
