/** The tool server: its wire format is one that other systems speak too, so every status and sentence here is a contract. */
@NullMarked
package io.pipecat.endpoint.tools;

import org.jspecify.annotations.NullMarked;
