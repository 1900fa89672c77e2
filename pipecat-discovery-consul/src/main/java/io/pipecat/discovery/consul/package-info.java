/** Addresses of services, shared settings and registration, by Consul's client. */
@NullMarked
package io.pipecat.discovery.consul;

import org.jspecify.annotations.NullMarked;
