package io.pipecat.api.http;

import java.net.InetSocketAddress;

/**
 * Where a service is to listen.
 *
 * @param service its name in {@code SERVE}
 * @param address address and port; port 0 takes any free one
 */
public record Binding(String service, InetSocketAddress address) {}
