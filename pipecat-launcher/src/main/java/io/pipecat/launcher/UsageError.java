package io.pipecat.launcher;

import io.pipecat.api.Nearest;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what is wrong with a command line in one line, with what was probably meant, instead of a page of help. */
final class UsageError {
    private UsageError() {}

    static int tell(ParameterException e, Console console) {
        CommandSpec command = e.getCommandLine().getCommandSpec();
        String message = e instanceof UnmatchedArgumentException unmatched
                        && !unmatched.getUnmatched().isEmpty()
                ? unmatched(command, unmatched.getUnmatched().getFirst())
                : String.valueOf(e.getMessage());
        console.err().println("pipecat: " + message);
        console.err().println("pipecat: '" + command.qualifiedName() + " --help' shows how it is used.");
        return ExitCode.USAGE;
    }

    private static String unmatched(CommandSpec command, String argument) {
        if (!argument.startsWith("-")) {
            List<String> names = List.copyOf(command.subcommands().keySet());
            return "there is no command '" + argument + "'." + Nearest.hint(argument, names);
        }
        int equals = argument.indexOf('=');
        String option = equals < 0 ? argument : argument.substring(0, equals);
        List<String> names = new ArrayList<>();
        command.options().forEach(known -> names.add(known.longestName()));
        String hint = Nearest.to(option, names)
                .map(name -> " Did you mean '" + name + "'?")
                .orElse("");
        return "there is no option '" + option + "'." + hint;
    }
}
