/** From an empty machine to a tier: real plays over SSH, against machines with systemd in network namespaces. */
@NullMarked
package io.pipecat.ansible;

import org.jspecify.annotations.NullMarked;
