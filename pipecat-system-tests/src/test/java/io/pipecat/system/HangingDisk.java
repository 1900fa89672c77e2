package io.pipecat.system;

import io.pipecat.testkit.Await;
import io.pipecat.testkit.RequiredPart;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A disk of the test's own, on which whoever writes waits until the test lets it. Reading goes on. */
final class HangingDisk implements AutoCloseable {
    private static final int BYTES = 64 << 20;

    private final Path mount;
    private final String fsfreeze;

    /**
     * Makes an empty disk.
     *
     * @param folder where to put what it is made of
     * @param mount the folder in whose place it is; made if it is not there
     */
    HangingDisk(Path folder, Path mount) throws IOException {
        Path mkfs = RequiredPart.of("mkfs.ext4", "Debian package e2fsprogs").orSkip();
        this.fsfreeze = RequiredPart.of("fsfreeze", "Debian package util-linux")
                .orSkip()
                .toString();
        this.mount = Files.createDirectories(mount);
        Path image = folder.resolve("disk.image");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(BYTES);
        }
        if (!run(mkfs.toString(), "-q", "-F", image.toString())) {
            throw new AssertionError("no file system was made");
        }
        RequiredPart.that(
                        "the right to mount a file system in a file",
                        "run the tests as root, with loop devices",
                        () -> run("mount", "-o", "loop,noatime", image.toString(), mount.toString()))
                .orSkip();
    }

    /** Lets whoever writes wait from now on. */
    void hang() {
        if (!run(fsfreeze, "--freeze", mount.toString())) {
            throw new AssertionError("the disk does not hang");
        }
    }

    /** Lets them go on. */
    void goOn() {
        if (!run(fsfreeze, "--unfreeze", mount.toString())) {
            throw new AssertionError("the disk does not go on");
        }
    }

    private static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Takes the disk away, once nobody waits for it. */
    @Override
    public void close() {
        run("sh", "-c", "\"$0\" --unfreeze \"$1\" 2>/dev/null || true", fsfreeze, mount.toString());
        // A process that was killed while it waited for the disk takes a moment to end.
        Await.until("nobody uses " + mount, Duration.ofSeconds(30), () -> run("umount", mount.toString()));
    }
}
