/** The web UI as people use it: in Chromium, on a node of its own, with the model that comes with it or one that says what a test wants. */
@NullMarked
package io.pipecat.browser;

import org.jspecify.annotations.NullMarked;
