/** The {@code web} tool: fetches pages within limits, from addresses that were checked, and makes readable text of them. */
@NullMarked
package io.pipecat.tools.web;

import org.jspecify.annotations.NullMarked;
