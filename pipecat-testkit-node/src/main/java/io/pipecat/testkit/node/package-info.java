/**
 * What a part of a node gets from it, in a form that a test can set and look at: begin with
 * {@link io.pipecat.testkit.node.TestNode}.
 */
@NullMarked
package io.pipecat.testkit.node;

import org.jspecify.annotations.NullMarked;
