/** Addresses of services and shared settings from Consul. */
@NullMarked
package io.pipecat.discovery.consul;

import org.jspecify.annotations.NullMarked;
