/** Language models that come in a jar of the distribution. */
@NullMarked
package io.pipecat.api.model;

import org.jspecify.annotations.NullMarked;
