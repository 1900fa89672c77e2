package io.pipecat.documentation;

import io.pipecat.api.setting.SettingsException;
import io.pipecat.launcher.Main;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The commands with their options. */
final class CommandsPage {
    private static final int COLUMNS = 100;

    private CommandsPage() {}

    static String markdown() throws SettingsException {
        CommandLine root = Main.commands();
        root.setUsageHelpAutoWidth(false);
        root.setUsageHelpWidth(COLUMNS);
        Page page = new Page("Command line");
        page.paragraph("""
                Every command also takes every [setting](settings.md) as `--name-in-kebab-case VALUE`, `--set NAME=VALUE` and
                `--config FILE`, `--help` and `--version`.""");
        command(page, root);
        return page.markdown();
    }

    private static void command(Page page, CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        page.section(spec.qualifiedName(" "));
        page.paragraph(Page.plain(words(spec.usageMessage().description())));
        page.block("text", ownSynopsis(line));
        List<ArgSpec> arguments = Stream.<ArgSpec>concat(spec.positionalParameters().stream(), spec.options().stream())
                .filter(argument -> !argument.hidden() && !isCommon(argument, line))
                .toList();
        if (!arguments.isEmpty()) {
            page.head("argument", "meaning");
            arguments.forEach(
                    argument -> page.row(Page.code(label(argument)), Page.plain(words(argument.description()))));
        }
        String footer = footer(line);
        if (!footer.isEmpty()) {
            page.block("text", footer);
        }
        line.getSubcommands().values().stream()
                .distinct()
                .filter(sub -> !sub.getCommandSpec().usageMessage().hidden())
                .forEach(sub -> command(page, sub));
    }

    /** Help and version, and what the root hands down to all. */
    private static boolean isCommon(ArgSpec argument, CommandLine line) {
        return argument instanceof OptionSpec option
                && (option.usageHelp() || option.versionHelp() || (line.getParent() != null && option.inherited()));
    }

    private static String label(ArgSpec argument) {
        return switch (argument) {
            case OptionSpec option ->
                String.join(", ", option.names()) + (option.arity().max() == 0 ? "" : " " + option.paramLabel());
            case PositionalParamSpec parameter -> parameter.paramLabel();
            default -> throw new IllegalArgumentException("neither option nor parameter: " + argument);
        };
    }

    /** Without what every command takes. */
    private static String ownSynopsis(CommandLine line) {
        String all = line.getHelp().synopsis(0);
        return line.getParent() == null
                ? all
                : all.replace("[-hV] ", "").replace(" [--config=FILE] [--set=NAME=VALUE]...", "");
    }

    private static String words(String[] lines) {
        return Arrays.stream(lines)
                .filter(line -> !line.isBlank())
                .map(line -> Ansi.OFF.string(line.replace("%n", " ")).strip())
                .collect(Collectors.joining(" "));
    }

    private static String footer(CommandLine line) {
        CommandLine.Help help = line.getHelp();
        return (help.footerHeading() + help.footer()).strip();
    }
}
