/**
 * What several implementations do alike, which may not know one another. Only those that {@code module-info} names see it: it is no part
 * of what applications and plug-ins are promised.
 */
@NullMarked
package io.pipecat.api.shared;

import org.jspecify.annotations.NullMarked;
