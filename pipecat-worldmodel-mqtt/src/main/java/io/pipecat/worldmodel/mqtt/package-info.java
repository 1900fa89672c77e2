/**
 * The connection to an MQTT broker. {@link io.pipecat.worldmodel.mqtt.BrokerLink} keeps it up; a
 * {@link io.pipecat.worldmodel.mqtt.Session} is one connection of HiveMQ's client, made anew each time.
 */
@NullMarked
package io.pipecat.worldmodel.mqtt;

import org.jspecify.annotations.NullMarked;
