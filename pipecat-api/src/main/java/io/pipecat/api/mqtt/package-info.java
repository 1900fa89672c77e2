/**
 * The broker that parts of a node share: {@link io.pipecat.api.mqtt.MqttLink} tells it what changed and hears what others
 * tell.
 */
@NullMarked
package io.pipecat.api.mqtt;

import org.jspecify.annotations.NullMarked;
