/**
 * Tools: named groups of methods that a model may call.
 *
 * <p>Most are plain classes: annotate it with {@link io.pipecat.api.tool.ToolInfo} and its methods with
 * {@link io.pipecat.api.tool.ToolMethod}, and {@link io.pipecat.api.tool.Tool#annotated(Object)} derives names and JSON
 * Schemas, checks each call and turns results into JSON. The class is compiled with {@code -parameters} and its package
 * opened to the module {@code io.pipecat.api}.
 *
 * <p>A jar brings tools to a node through a {@link io.pipecat.api.tool.ToolProvider}.
 */
@NullMarked
package io.pipecat.api.tool;

import org.jspecify.annotations.NullMarked;
