/** The Wyoming protocol (github.com/rhasspy/wyoming, README): events of a line of JSON, more JSON, and bytes. */
@NullMarked
package io.pipecat.endpoint.wyoming;

import org.jspecify.annotations.NullMarked;
