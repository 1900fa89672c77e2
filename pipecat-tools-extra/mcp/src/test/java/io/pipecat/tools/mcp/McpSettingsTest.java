package io.pipecat.tools.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolProvider;
import io.pipecat.testkit.node.TestNode;
import io.pipecat.tools.mcp.ServerEntry.Command;
import io.pipecat.tools.mcp.ServerEntry.Remote;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McpSettingsTest {
    @TempDir
    Path folder;

    @Test
    void isFoundAndCostsNothingWhereNothingIsSet() throws Exception {
        assertTrue(ServiceLoader.load(ToolProvider.class).stream()
                .anyMatch(provider -> provider.type() == McpToolProvider.class));
        try (var none = new McpToolProvider().create(TestServers.node(folder, Map.of()))) {
            assertEquals(List.of(), none.tools());
        }
    }

    @Test
    void entriesAreReadAsAShellWouldAndWrittenBack() {
        var type = McpSettings.SERVERS.type();
        var entries = type.parse(
                "files=npx -y \"@x/y\" '/srv/my, data' a\\ b \"say \\\"hi\\\"\" C:\\temp '',web=\"https://h.example/mcp?a,b\"\nz=true");
        assertEquals(
                List.of(
                        new ServerEntry(
                                "files",
                                new Command(List.of(
                                        "npx", "-y", "@x/y", "/srv/my, data", "a b", "say \"hi\"", "C:\\temp", ""))),
                        new ServerEntry("web", new Remote(URI.create("https://h.example/mcp?a,b"))),
                        new ServerEntry("z", new Command(List.of("true")))),
                entries);
        assertEquals(entries, type.parse(type.format(entries)));
    }

    @Test
    void aServerThatCannotBeStartedIsNotWaitedFor() {
        TestNode node = TestServers.node(folder, Map.of("mcp_servers", "prog=true", "mcp_first_wait", "30m"));
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            try (var source = new McpToolProvider().create(node)) {
                assertEquals(List.of(), source.tools().getFirst().spec().methods());
            }
        });
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "npx server|where name=command or name=URL was expected",
                "x=|where name=command or name=URL was expected",
                "9x=true|a name is up to 32 letters",
                "x=true,X=true|twice",
                "x='true|a quote (') that is not closed",
                "x=https://h key|a key goes into mcp_tokens",
                "x=http://u:p@h|has a URL for 'x' that must not hold a user name",
                "x=cmd a,b|an argument that holds a comma must stand in quotes",
            })
    void badEntriesAreRefusedInWords(String text, String words) {
        var type = McpSettings.SERVERS.type();
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> type.parse(text))
                .getMessage());
        assertTrue(message.contains(words), message);
    }

    @ParameterizedTest
    @CsvSource({
        "mcp_tokens, sekret, name=value",
        "mcp_tokens, nome=sekret, mcp_servers",
        "mcp_tokens, prog=sekret, mcp_environment",
        "mcp_environment, prog=sekret, name.VARIABLE=value",
        "mcp_environment, web.A=sekret, no program",
        "mcp_environment, 'prog.A=sekret and more', quotes",
        "mcp_tokens, 'web=\"sekret', not closed",
    })
    void badSecretsAreRefusedAndNotShown(String setting, String value, String words) {
        var node = TestServers.node(folder, Map.of("mcp_servers", "prog=true,web=http://localhost:1/", setting, value));
        String message = assertThrows(ToolException.class, () -> new McpToolProvider().create(node))
                .getMessage();
        assertTrue(message.contains(setting) && message.contains(words), message);
        assertFalse(message.contains("sekret"), message);
    }
}
