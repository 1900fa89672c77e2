package io.pipecat.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The process's streams, and whether a person is at them.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param environment the process environment
 * @param interactive whether a person reads the output and can be asked
 */
record Console(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment, boolean interactive) {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\n\t\u200D]]");
    private static final String DIM = "\u001b[2m";
    private static final String RESET = "\u001b[0m";

    static Console ofProcess() {
        return new Console(
                System.in,
                new PrintStream(System.out, false, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                Map.copyOf(System.getenv()),
                isTerminal(System.console()));
    }

    /** From Java 22 to 24 there is a console even where nobody sits at one, and a method that tells; on 21 neither. */
    private static boolean isTerminal(java.io.@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            Object answer = java.io.Console.class.getMethod("isTerminal").invoke(console);
            return Boolean.TRUE.equals(answer);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Console.isTerminal cannot be called", e);
        }
    }

    /** https://no-color.org: any value that is not empty. */
    boolean colored() {
        return interactive
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    String dim(String text) {
        return colored() ? DIM + text + RESET : text;
    }

    /**
     * Text of a model or a tool for a terminal: without control and formatting characters, by which it could rewrite
     * what stands there already. Where no terminal is, the text stays as it is.
     */
    String safe(String text) {
        return interactive ? CONTROL.matcher(text).replaceAll("\uFFFD") : text;
    }

    String readAll() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    BufferedReader reader() {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
}
