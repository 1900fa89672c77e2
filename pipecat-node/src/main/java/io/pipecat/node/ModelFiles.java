package io.pipecat.node;

import io.pipecat.api.Nearest;
import io.pipecat.api.model.BundledModel;
import io.pipecat.api.setting.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Finds model files: by path, by name in the models folder, or in a jar. */
final class ModelFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ModelFiles.class);
    private static final String FOLDER = "models";

    private final List<BundledModel> bundled;
    private final Path stateDir;
    private final Path modelsDir;

    ModelFiles(List<BundledModel> bundled, Path stateDir, Optional<Path> modelsDir) {
        this.bundled = bundled;
        this.stateDir = stateDir;
        this.modelsDir = modelsDir.orElse(stateDir.resolve(FOLDER));
    }

    /** Whether there is no file to see: the provider of the model judges what is in it. */
    Path find(String nameOrPath) throws SettingsException {
        Optional<BundledModel> inJar =
                bundled.stream().filter(m -> m.name().equals(nameOrPath)).findFirst();
        if (inJar.isPresent()) {
            return unpack(inJar.get());
        }
        if (nameOrPath.equals("builtin")) {
            throw noBundledModel();
        }
        Path path = Path.of(nameOrPath);
        boolean bareName = !path.isAbsolute() && path.getNameCount() == 1;
        if (bareName && !Files.exists(path)) {
            path = modelsDir.resolve(path);
        }
        if (!Files.exists(path)) {
            throw new SettingsException("local_llm_model_path: there is no file " + path.toAbsolutePath()
                    + (bareName ? " (a bare name is looked up in models_dir)." : ".") + nearestModel(path));
        }
        return path.toAbsolutePath().normalize();
    }

    private static String nearestModel(Path missing) {
        Path folder = missing.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return "";
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(Path::getFileName)
                    .map(String::valueOf)
                    .filter(name -> name.endsWith(".gguf"))
                    .sorted()
                    .toList();
            return names.isEmpty()
                    ? " There is no .gguf file in that folder."
                    : Nearest.hint(String.valueOf(missing.getFileName()), names) + " That folder holds "
                            + String.join(", ", names) + ".";
        } catch (IOException e) {
            return " That folder cannot be read: " + e + ".";
        }
    }

    Path bundled() throws SettingsException {
        if (bundled.isEmpty()) {
            throw noBundledModel();
        }
        BundledModel model = bundled.getFirst();
        Path file = file(model);
        // Said aloud once for an installation, not before every answer.
        LOG.atLevel(Files.exists(file) ? Level.INFO : Level.WARN)
                .log("No language model is configured, so the built-in one answers: {}", model.description());
        return unpack(model);
    }

    private static SettingsException noBundledModel() {
        return new SettingsException("No language model is configured, and no jar on the path carries one: set"
                + " llama_api_url_override or local_llm_model_path, or add the jar pipecat-model-builtin.");
    }

    private Path file(BundledModel model) {
        return stateDir.resolve(FOLDER)
                .resolve(model.name() + "-" + model.sha256().substring(0, 12) + ".gguf");
    }

    private Path unpack(BundledModel model) throws SettingsException {
        Path file = file(model);
        Path folder = stateDir.resolve(FOLDER);
        try {
            if (Files.isRegularFile(file) && digest(file).equals(model.sha256())) {
                return file;
            }
            Files.createDirectories(folder);
            Path temporary = Files.createTempFile(folder, model.name(), ".part");
            try {
                copy(model, temporary);
                if (!digest(temporary).equals(model.sha256())) {
                    throw new SettingsException("The model '" + model.name() + "' in " + Providers.origin(model)
                            + " is damaged: its SHA-256 is not " + model.sha256() + "; install that jar again.");
                }
                // Another process may unpack at the same time; both write the same bytes.
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
            return file;
        } catch (IOException e) {
            throw new SettingsException(
                    "The model '" + model.name() + "' cannot be unpacked to " + file + ": " + e
                            + ". Make state_dir writable or set it elsewhere.",
                    e);
        }
    }

    private static void copy(BundledModel model, Path target) throws IOException {
        try (InputStream in = model.open();
                OutputStream out = Files.newOutputStream(target)) {
            in.transferTo(out);
        }
    }

    private static String digest(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
