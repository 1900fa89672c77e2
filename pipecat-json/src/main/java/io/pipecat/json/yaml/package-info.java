/** Reading the YAML files that people write. For the modules of pipecat that have such files; applications do not see it. */
@NullMarked
package io.pipecat.json.yaml;

import org.jspecify.annotations.NullMarked;
