package io.pipecat.tools.local.code;

import io.pipecat.api.Nearest;
import io.pipecat.api.tool.ToolException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A language that programs can be written in. */
enum Language {
    PYTHON("python python3 py", "python3", "main.py", "-I -B -X utf8", """
            import importlib.metadata, importlib.util, sys
            def there(name):
                try:
                    importlib.metadata.distribution(name)
                    return True
                except importlib.metadata.PackageNotFoundError:
                    pass
                try:
                    return importlib.util.find_spec(name) is not None
                except (ImportError, ValueError):
                    return False
            print(*[name for name in sys.argv[1:] if not there(name)])
            """),
    SHELL("shell sh", "sh", "main.sh", "", ""),
    BASH("bash", "bash", "main.sh", "--noprofile --norc", ""),
    JAVASCRIPT("javascript js node nodejs", "node", "main.js", "", """
            const missing = process.argv.slice(2).filter(name => {
                try { require.resolve(name); return false; } catch { return true; }
            });
            console.log(missing.join(' '));
            """);

    /** Separated by blanks, the one for messages first: an enum holds no list. */
    private final String names;

    private final String interpreter;
    private final String file;
    private final String options;
    private final String libraryCheck;

    Language(String names, String interpreter, String file, String options, String libraryCheck) {
        this.names = names;
        this.interpreter = interpreter;
        this.file = file;
        this.options = options;
        this.libraryCheck = libraryCheck;
    }

    static Language of(String written) throws ToolException {
        String name = written.strip().toLowerCase(Locale.ROOT);
        Optional<Language> found = Arrays.stream(values())
                .filter(language -> words(language.names).contains(name))
                .findFirst();
        if (found.isPresent()) {
            return found.get();
        }
        List<String> known = Arrays.stream(values()).map(Language::label).toList();
        String shown = name.length() > 40 ? name.substring(0, 40) + "…" : name;
        throw ToolException.failed("The language '" + shown + "' cannot be run here: there are "
                + String.join(", ", known) + "." + Nearest.hint(shown, known));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    /** What it is called in messages. */
    String label() {
        return words(names).getFirst();
    }

    String interpreter() {
        return interpreter;
    }

    String file() {
        return file;
    }

    List<String> options() {
        return words(options);
    }

    /** A program that prints which of its arguments are not installed; empty where there is no such thing as a library. */
    String libraryCheck() {
        return libraryCheck;
    }
}
