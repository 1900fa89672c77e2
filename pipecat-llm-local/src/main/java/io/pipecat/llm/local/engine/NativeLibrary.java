package io.pipecat.llm.local.engine;

import de.kherud.llama.LlamaModel;
import io.pipecat.api.llm.LLMException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Puts the native library where only this process uses it, and loads it.
 *
 * <p>Left to itself the jar writes it under a fixed name into the temp folder, deletes whatever there begins with {@code llama}, and says
 * so on standard output.
 */
final class NativeLibrary {
    private static final String FOLDER_PROPERTY = "de.kherud.llama.lib.path";
    private static final String TEMP_PROPERTY = "de.kherud.llama.tmpdir";

    private NativeLibrary() {}

    static void load(Host host, Path stateDir) throws LLMException {
        host.check();
        try {
            Path folder = Files.createDirectories(stateDir.resolve("native"));
            Path own = Files.createTempDirectory(folder, "llama-");
            Path library = own.resolve(fileName(host));
            if (System.getProperty(FOLDER_PROPERTY) == null) {
                unpack(host.libraryResource(), library);
                System.setProperty(FOLDER_PROPERTY, own.toString());
            }
            System.setProperty(TEMP_PROPERTY, own.toString());
            try {
                Class.forName(LlamaModel.class.getName(), true, LlamaModel.class.getClassLoader());
            } finally {
                // Linux keeps what is mapped; elsewhere it goes when the process ends.
                discard(library);
                discard(own);
            }
        } catch (IOException e) {
            throw unusable(
                    "its native library could not be written to " + stateDir.resolve("native") + " (" + e.getMessage()
                            + "). Make the state folder writable, or set STATE_DIR to one that is.",
                    e);
        } catch (ClassNotFoundException | LinkageError e) {
            throw unusable(
                    "its native library could not be loaded (" + e.getMessage() + "). Check that the state folder "
                            + stateDir
                            + " is not mounted noexec and that libgomp1 and libstdc++6 are installed, or run a"
                            + " llama-server and set LLAMA_API_URL_OVERRIDE=http://localhost:8090.",
                    e);
        }
    }

    private static String fileName(Host host) {
        String resource = host.libraryResource();
        return resource.substring(resource.lastIndexOf('/') + 1);
    }

    private static void unpack(String resource, Path target) throws IOException {
        try (InputStream bytes = LlamaModel.class.getResourceAsStream(resource)) {
            if (bytes == null) {
                throw new IOException("the llama jar holds no " + resource);
            }
            Files.copy(bytes, target);
        }
    }

    private static void discard(Path path) throws IOException {
        try {
            Files.deleteIfExists(path);
        } catch (java.nio.file.FileSystemException e) {
            path.toFile().deleteOnExit();
        }
    }

    private static LLMException unusable(String why, Throwable cause) {
        return new LLMException(
                LLMException.Reason.UNUSABLE, "A language model cannot run inside this process: " + why, cause);
    }
}
