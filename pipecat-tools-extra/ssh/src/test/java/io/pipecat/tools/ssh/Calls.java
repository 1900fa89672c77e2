package io.pipecat.tools.ssh;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Calls the tool the way a node does. */
final class Calls {
    private Calls() {}

    static SshSettings settings(Path knownHosts, Path keyDir) {
        return new SshSettings(
                knownHosts,
                keyDir,
                Optional.empty(),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                64 * 1024);
    }

    static SshSettings withAgent(SshSettings s, Path socket) {
        return new SshSettings(
                s.knownHosts(),
                s.keyDir(),
                Optional.of(socket),
                s.connectTimeout(),
                s.loginTimeout(),
                s.commandTimeout(),
                s.maxOutput());
    }

    static SshSettings limited(SshSettings s, Duration commandTimeout, int maxOutput) {
        return new SshSettings(
                s.knownHosts(),
                s.keyDir(),
                s.agentSocket(),
                s.connectTimeout(),
                s.loginTimeout(),
                commandTimeout,
                maxOutput);
    }

    static JsonObject arguments(String host, String user, String command, String key, String password) {
        return JsonObject.builder()
                .put("host", host)
                .put("username", user)
                .put("command", command)
                .put("key_filename", orNull(key))
                .put("password", orNull(password))
                .build();
    }

    private static JsonValue orNull(String text) {
        return text == null ? JsonNull.NULL : new JsonString(text);
    }

    static JsonObject run(Tool tool, JsonObject arguments, Consumer<String> progress) throws Exception {
        return (JsonObject) tool.call("run_command", arguments, new ToolContext("test", Instant.MAX, progress));
    }

    static JsonObject run(Tool tool, JsonObject arguments) throws Exception {
        return run(tool, arguments, line -> {});
    }

    static ToolException failure(Tool tool, JsonObject arguments) {
        return assertThrows(ToolException.class, () -> run(tool, arguments));
    }

    static int status(JsonObject result) {
        return ((JsonNumber) result.get("exit_status").orElseThrow()).toInt();
    }

    static String out(JsonObject result) {
        return result.string("stdout").orElseThrow();
    }

    static String err(JsonObject result) {
        return result.string("stderr").orElseThrow();
    }
}
