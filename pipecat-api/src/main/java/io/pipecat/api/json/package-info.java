/**
 * JSON as immutable values: a sealed {@link io.pipecat.api.json.JsonValue} with six alternatives, so that an exhaustive
 * {@code switch} does the work.
 *
 * <p>{@link io.pipecat.api.json.JsonValue#toString()} is JSON text. Reading text is the work of the module
 * {@code io.pipecat.json}; {@link io.pipecat.api.json.JsonValue#from(Object)} makes values of plain Java objects.
 */
@NullMarked
package io.pipecat.api.json;

import org.jspecify.annotations.NullMarked;
