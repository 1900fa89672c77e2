/**
 * Fuzzing. A target is a public class {@code …Fuzz} with {@code fuzzerTestOneInput(byte[])}, in the package of what it tries; whatever it
 * throws is a bug.
 */
@NullMarked
package io.pipecat.fuzz;

import org.jspecify.annotations.NullMarked;
