/**
 * A node: {@link io.pipecat.node.Node#builder()} takes settings and makes one of the providers on the path.
 *
 * {@snippet :
 * try (Node node = Node.builder().settings("application", Map.of("deployment_mode", "monolith")).build();
 *         Conversation conversation = node.conversation().build()) {
 *     conversation.send("Hello", frame -> {});
 * }
 * }
 */
@NullMarked
package io.pipecat.node;

import org.jspecify.annotations.NullMarked;
