/** The connection to an MQTT broker. */
@NullMarked
package io.pipecat.worldmodel.mqtt;

import org.jspecify.annotations.NullMarked;
