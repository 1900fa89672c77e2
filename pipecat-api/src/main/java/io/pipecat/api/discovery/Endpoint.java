package io.pipecat.api.discovery;

import java.net.URI;
import java.time.Instant;

/**
 * Where an instance of a service is.
 *
 * @param uri its base address: {@code http://10.0.0.5:8001}; an IPv6 address is in brackets
 * @param source how it is known, for messages: {@code TOOL_SERVER_URL_OVERRIDE}, {@code Consul at core:8500}
 * @param asOf when it was last known to be right; old if the source has been away since
 */
public record Endpoint(URI uri, String source, Instant asOf) {}
