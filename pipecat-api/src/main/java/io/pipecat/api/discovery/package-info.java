/**
 * Where other services are: {@link io.pipecat.api.discovery.ServiceDiscovery} answers by name,
 * {@link io.pipecat.api.discovery.ServiceRegistry} makes this node findable.
 */
@NullMarked
package io.pipecat.api.discovery;

import org.jspecify.annotations.NullMarked;
