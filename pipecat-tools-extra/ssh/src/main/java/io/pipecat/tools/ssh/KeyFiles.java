package io.pipecat.tools.ssh;

import io.pipecat.api.Nearest;
import io.pipecat.api.tool.ToolException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The private keys in one folder. Nothing outside it is opened, whatever {@code ..} or symbolic links say.
 *
 * @param folder the folder
 */
record KeyFiles(Path folder) {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFiles.class);
    private static final int LARGEST = 64 * 1024;
    private static final List<String> DEFAULTS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

    /**
     * A key.
     *
     * @param name its file name
     * @param pair the key itself
     */
    record Key(String name, KeyPair pair) {}

    /** The key that a call names. */
    Key named(String name) throws ToolException {
        Path file = inside(name);
        try {
            return new Key(folder.relativize(file).toString(), load(file));
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(file, e);
        }
    }

    /** The keys with the usual names, where a call names none; those that cannot be used here (a passphrase, say) are left out. */
    List<Key> usual() {
        List<Key> keys = new ArrayList<>();
        for (String name : DEFAULTS) {
            if (Files.isRegularFile(folder.resolve(name))) {
                try {
                    keys.add(named(name));
                } catch (ToolException e) {
                    LOG.debug("not tried: {}", e.getMessage());
                }
            }
        }
        return keys;
    }

    private Path inside(String name) throws ToolException {
        Path file;
        try {
            file = folder.resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw ToolException.failed("key_filename is no file name: " + e.getReason() + ".");
        }
        if (!file.startsWith(folder) || file.equals(folder)) {
            throw outside(name);
        }
        try {
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
                throw outside(name);
            }
        } catch (NoSuchFileException e) {
            throw ToolException.failed("There is no key '" + Shown.line(name) + "' in " + folder
                    + " (setting SSH_KEY_DIR)." + Nearest.hint(name, names()));
        } catch (IOException e) {
            throw unusable(file, e);
        }
        return file;
    }

    private ToolException outside(String name) {
        return ToolException.failed("Keys are taken from " + folder + " alone (setting SSH_KEY_DIR), and '"
                + Shown.line(name) + "' is not in it: name a file in that folder, such as 'id_ed25519'.");
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> Files.exists(folder.resolve(name + ".pub")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            // Only the hint is poorer for it.
            return List.of();
        }
    }

    private static ToolException unusable(Path file, Exception e) {
        return new ToolException(
                ToolException.Reason.FAILED, "The key " + file + " cannot be used: " + Failures.reason(e) + ".", e);
    }

    private static KeyPair load(Path file) throws IOException, GeneralSecurityException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("it is no file");
        }
        if (Files.size(file) > LARGEST) {
            throw new IOException("it is larger than any key");
        }
        if (file.toString().endsWith(".pub")) {
            throw new IOException("it is the public half; name the file without .pub");
        }
        AtomicBoolean asked = new AtomicBoolean();
        try (ByteArrayInputStream in = new ByteArrayInputStream(Files.readAllBytes(file))) {
            Iterable<KeyPair> pairs = SecurityUtils.loadKeyPairIdentities(
                    null, NamedResource.ofName(file.toString()), in, (session, resource, retry) -> {
                        asked.set(true);
                        return "";
                    });
            if (pairs != null) {
                for (KeyPair pair : pairs) {
                    return pair;
                }
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // What a decoder says about bytes that it could not decrypt is of no use to anybody.
            if (!asked.get()) {
                throw new IOException(
                        "it is no private key in OpenSSH's or PEM format (" + Failures.reason(e) + ")", e);
            }
        }
        throw new IOException(
                asked.get()
                        ? "it is protected by a passphrase, which nobody can type here; load it into an agent (setting"
                                + " SSH_AGENT_SOCKET) or use a key without one"
                        : "it is no private key in OpenSSH's or PEM format");
    }
}
