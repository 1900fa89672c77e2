package io.pipecat.tools.local.code;

import java.time.Duration;

/**
 * What a program may use.
 *
 * @param memoryMib main memory, in MiB, of the program and all its children
 * @param diskMib what it may write to {@code /tmp}, in MiB
 * @param processes how many processes and threads it may have at a time
 * @param longest the longest time limit that a call may ask for
 */
public record CodeLimits(int memoryMib, int diskMib, int processes, Duration longest) {}
