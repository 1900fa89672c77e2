/** What several packages of the api share and nobody else may use: it is not exported. */
@NullMarked
package io.pipecat.api.internal;

import org.jspecify.annotations.NullMarked;
