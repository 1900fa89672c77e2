package io.pipecat.llm.local.engine;

import io.pipecat.api.llm.LLMException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The machine as far as the native library depends on it. The library is compiled for one kind of CPU and asks nobody: on an older
 * one it kills the process by SIGILL. So the questions are asked here.
 *
 * @param osName as the JVM has it: {@code Linux}
 * @param osArch as the JVM has it: {@code amd64}
 * @param cpuInfo the text of {@code /proc/cpuinfo}; empty where there is none
 * @param musl whether the C library is musl
 * @param hasLibrary whether the dynamic linker would find a library of a name such as {@code libgomp.so.1}
 */
public record Host(String osName, String osArch, Optional<String> cpuInfo, boolean musl, Predicate<String> hasLibrary) {
    private static final List<String> X86_FLAGS = List.of("avx2", "fma", "f16c", "bmi2");
    private static final Map<String, String> PACKAGES =
            Map.of("libgomp.so.1", "libgomp1", "libstdc++.so.6", "libstdc++6");
    private static final String REMEDY = " Run a llama-server instead, here or on another machine, and set"
            + " LLAMA_API_URL_OVERRIDE=http://localhost:8090 (its address).";

    /**
     * Checks whether the native library can run here.
     *
     * @throws LLMException if it cannot, with the reason and what to do; the process would not survive an attempt
     */
    public void check() throws LLMException {
        boolean x86 = is64BitX86();
        boolean arm = osArch.equals("aarch64");
        if (!supported(x86, arm)) {
            throw unusable("there is no native library for " + osName + " on " + osArch
                    + ", only for Linux and macOS on x86-64 and aarch64 and for Windows on x86-64." + REMEDY);
        }
        if (!isLinux()) {
            return;
        }
        if (musl) {
            throw unusable(
                    "its native library needs glibc, and this system (Alpine?) has musl. Use an image with glibc,"
                            + " such as Debian." + REMEDY);
        }
        if (x86) {
            checkFlags();
        }
        for (Map.Entry<String, String> library : PACKAGES.entrySet()) {
            if (!hasLibrary.test(library.getKey())) {
                throw unusable("the system library " + library.getKey() + " is not installed. Run: apt install "
                        + library.getValue() + " (elsewhere the package is called libgomp or gcc-libs)."
                        + REMEDY.replace(" Run a", " Or run a"));
            }
        }
    }

    private void checkFlags() throws LLMException {
        Set<String> flags = cpuInfo.map(Host::flags).orElse(Set.of());
        if (flags.isEmpty()) {
            throw unusable("/proc/cpuinfo does not say what this CPU can do, and on one without "
                    + String.join(", ", X86_FLAGS).toUpperCase(Locale.ROOT) + " it would kill this process." + REMEDY);
        }
        List<String> missing =
                X86_FLAGS.stream().filter(flag -> !flags.contains(flag)).toList();
        if (!missing.isEmpty()) {
            throw unusable("this CPU lacks " + String.join(", ", missing).toUpperCase(Locale.ROOT)
                    + ", which the native library needs (Intel from Haswell, AMD from Excavator on)." + REMEDY);
        }
    }

    private static Set<String> flags(String cpuInfo) {
        return cpuInfo.lines()
                .filter(line -> line.startsWith("flags"))
                .findFirst()
                .map(line -> new HashSet<>(Arrays.asList(
                        line.substring(line.indexOf(':') + 1).strip().split("\\s+", -1))))
                .orElseGet(HashSet::new);
    }

    private boolean supported(boolean x86, boolean arm) {
        if (isLinux() || osName.startsWith("Mac")) {
            return x86 || arm;
        }
        return osName.startsWith("Windows") && x86;
    }

    private boolean isLinux() {
        return osName.equals("Linux");
    }

    private boolean is64BitX86() {
        return osArch.equals("amd64") || osArch.equals("x86_64");
    }

    /**
     * Returns how many cores the machine has that do not share their arithmetic units with another.
     *
     * @param processors how many processors the JVM may use, at least 1
     * @return at least 1, at most {@code processors}
     */
    public int physicalCores(int processors) {
        long cores = cpuInfo.map(Host::countCores).orElse(0L);
        return (int) (cores < 1 ? processors : Math.min(cores, processors));
    }

    private static long countCores(String cpuInfo) {
        Set<String> cores = new HashSet<>();
        String socket = "";
        for (String line : cpuInfo.lines().toList()) {
            String value = line.substring(line.indexOf(':') + 1).strip();
            if (line.startsWith("physical id")) {
                socket = value;
            } else if (line.startsWith("core id")) {
                cores.add(socket + "/" + value);
            }
        }
        return cores.size();
    }

    String libraryResource() {
        String arch = is64BitX86() ? "x86_64" : "aarch64";
        if (osName.startsWith("Mac")) {
            return "/de/kherud/llama/Mac/" + arch + "/libjllama.dylib";
        }
        return osName.startsWith("Windows")
                ? "/de/kherud/llama/Windows/" + arch + "/jllama.dll"
                : "/de/kherud/llama/Linux/" + arch + "/libjllama.so";
    }

    private static LLMException unusable(String why) {
        return new LLMException(
                LLMException.Reason.UNUSABLE, "A language model cannot run inside this process: " + why);
    }
}
