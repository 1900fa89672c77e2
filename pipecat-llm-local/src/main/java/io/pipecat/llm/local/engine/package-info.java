/**
 * llama.cpp in this process (de.kherud:llama, build b4916), behind the guards that it needs: see {@link
 * io.pipecat.llm.local.engine.Host} for what is checked before its first call, {@link
 * io.pipecat.llm.local.engine.LoadedModel} for its threads and how it is cancelled.
 */
@NullMarked
package io.pipecat.llm.local.engine;

import org.jspecify.annotations.NullMarked;
