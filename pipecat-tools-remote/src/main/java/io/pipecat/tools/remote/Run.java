package io.pipecat.tools.remote;

/**
 * A call of a method, wherever it is made.
 *
 * @param label the method, for messages: {@code ssh.run_command}
 * @param callId what the server is to know the call by; no other call in the world has it
 * @param body the request as JSON
 * @param deadline by {@link System#nanoTime()}
 */
record Run(String label, String callId, String body, long deadline) {}
