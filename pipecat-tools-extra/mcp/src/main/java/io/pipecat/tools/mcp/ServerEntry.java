package io.pipecat.tools.mcp;

import io.pipecat.api.setting.SettingType;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An MCP server as the settings name it.
 *
 * @param name the name of the tool that its tools become methods of
 * @param target what to start or to call
 */
record ServerEntry(String name, Target target) {
    private static final String NAME = "[A-Za-z][A-Za-z0-9_-]{0,31}";

    /** Where a server is. */
    sealed interface Target {}

    /**
     * A program to be started, which speaks over its standard input and output.
     *
     * @param words the program and its arguments
     */
    record Command(List<String> words) implements Target {
        Command {
            words = List.copyOf(words);
        }
    }

    /**
     * A service that speaks streamable HTTP.
     *
     * @param url its one URL
     */
    record Remote(URI url) implements Target {}

    /** The type of the setting that lists servers. */
    static SettingType<List<ServerEntry>> listType() {
        return new SettingType<>(
                "a list of name=command or name=URL",
                List.of(),
                ServerEntry::parseList,
                entries -> entries.stream().map(ServerEntry::toString).collect(Collectors.joining(",")));
    }

    private static List<ServerEntry> parseList(String text) {
        List<ServerEntry> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (List<String> words : QuotedWords.split(text)) {
            ServerEntry entry = parse(words);
            if (!names.add(entry.name().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("names the server '" + entry.name() + "' twice");
            }
            entries.add(entry);
        }
        return List.copyOf(entries);
    }

    private static ServerEntry parse(List<String> words) {
        String first = words.getFirst();
        int equals = first.indexOf('=');
        if (equals < 0 || equals == first.length() - 1) {
            throw new IllegalArgumentException(
                    "has '" + first + "' where name=command or name=URL was expected, without"
                            + " blanks around the '='; an argument that holds a comma must stand in quotes");
        }
        String name = first.substring(0, equals);
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("calls a server '" + name
                    + "'; a name is up to 32 letters, digits, _ and -, starting with a letter");
        }
        String target = first.substring(equals + 1);
        String scheme = target.toLowerCase(Locale.ROOT);
        if (scheme.startsWith("http://") || scheme.startsWith("https://")) {
            if (words.size() > 1) {
                throw new IllegalArgumentException("has '" + words.get(1) + "' after the URL of '" + name
                        + "'; a key goes into mcp_tokens, another server after a comma");
            }
            return new ServerEntry(name, new Remote(parseUrl(name, target)));
        }
        List<String> command = new ArrayList<>(words);
        command.set(0, target);
        return new ServerEntry(name, new Command(command));
    }

    private static URI parseUrl(String name, String text) {
        try {
            return SettingType.httpUrl().parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("has a URL for '" + name + "' that " + e.getMessage(), e);
        }
    }

    /** Returns the entry as the setting takes it. */
    @Override
    public String toString() {
        return switch (target) {
            case Remote(URI url) -> name + "=" + QuotedWords.quote(url.toString());
            case Command(List<String> words) ->
                name + "=" + words.stream().map(QuotedWords::quote).collect(Collectors.joining(" "));
        };
    }
}
