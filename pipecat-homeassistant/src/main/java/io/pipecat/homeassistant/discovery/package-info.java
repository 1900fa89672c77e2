/** Shows this system to Home Assistant by MQTT discovery. */
@NullMarked
package io.pipecat.homeassistant.discovery;

import org.jspecify.annotations.NullMarked;
