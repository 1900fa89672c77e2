/** The world model service: others speak its wire format too, so every path, status and name here is a contract. */
@NullMarked
package io.pipecat.endpoint.worldmodel;

import org.jspecify.annotations.NullMarked;
