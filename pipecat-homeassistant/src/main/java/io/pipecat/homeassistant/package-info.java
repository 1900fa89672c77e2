/** Joins the world model to Home Assistant. */
@NullMarked
package io.pipecat.homeassistant;

import org.jspecify.annotations.NullMarked;
