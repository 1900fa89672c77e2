/** What a node does when something that it leans on fails it. The matrix of docs/testing.md names the test of each case. */
@NullMarked
package io.pipecat.system.faults;

import org.jspecify.annotations.NullMarked;
