/**
 * What a node serves, without any server's types: a jar brings an {@link io.pipecat.api.http.EndpointProvider} with its
 * {@link io.pipecat.api.http.Route}s, another one the {@link io.pipecat.api.http.ServerProvider} that listens. What is
 * not HTTP brings a {@link io.pipecat.api.http.ListenerProvider}.
 *
 * <p>The node opens one listener for each service that {@code SERVE} names, each with its own routes, keys and health.
 */
@NullMarked
package io.pipecat.api.http;

import org.jspecify.annotations.NullMarked;
