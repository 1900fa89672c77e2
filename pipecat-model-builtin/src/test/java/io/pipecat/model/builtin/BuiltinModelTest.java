package io.pipecat.model.builtin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.model.BundledModel;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BuiltinModelTest {
    private final BuiltinModel model = new BuiltinModel();

    @Test
    void carriesTheFileItsDigestPromises() throws Exception {
        try (InputStream bytes = model.open()) {
            byte[] file = bytes.readAllBytes();
            assertEquals(
                    model.sha256(),
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(file)));
            assertArrayEquals("GGUF".getBytes(StandardCharsets.US_ASCII), java.util.Arrays.copyOf(file, 4));
        }
    }

    @Test
    void opensAnewEachTime() throws Exception {
        try (InputStream first = model.open();
                InputStream second = model.open()) {
            assertEquals(first.readAllBytes().length, second.readAllBytes().length);
        }
    }

    @Test
    void isFoundOnTheClassPathUnderItsName() {
        Set<String> names = ServiceLoader.load(BundledModel.class).stream()
                .map(provider -> provider.get().name())
                .collect(Collectors.toSet());
        assertTrue(names.contains("builtin"), names.toString());
    }

    @Test
    void isDeclaredAlikeForTheModulePath() throws Exception {
        Path classes = Path.of(BuiltinModel.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (InputStream descriptor = Files.newInputStream(classes.resolve("module-info.class"))) {
            Set<String> provided = ModuleDescriptor.read(descriptor).provides().stream()
                    .flatMap(p -> p.providers().stream())
                    .collect(Collectors.toSet());
            assertEquals(Set.of(BuiltinModel.class.getName()), provided);
        }
    }
}
