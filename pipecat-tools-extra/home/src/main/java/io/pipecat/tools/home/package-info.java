/** The {@code ha} and {@code orchestrator} tools: Home Assistant and Nomad, each by its REST interface. */
@NullMarked
package io.pipecat.tools.home;

import org.jspecify.annotations.NullMarked;
