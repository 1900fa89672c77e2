/**
 * JSON text: {@link io.pipecat.json.Json} reads it strictly and within {@linkplain io.pipecat.json.JsonLimits limits},
 * {@link io.pipecat.json.JsonSchema} checks a value against a schema and says what is wrong in words that a language
 * model can act on.
 */
@NullMarked
package io.pipecat.json;

import org.jspecify.annotations.NullMarked;
