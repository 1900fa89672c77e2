package io.pipecat.llm.local.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.llm.LLMException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostTest {
    private static final String HASWELL = """
            processor	: 0
            physical id	: 0
            core id		: 0
            flags		: fpu sse2 fma avx f16c bmi1 avx2 bmi2

            processor	: 1
            physical id	: 0
            core id		: 0
            """;
    private static final String IVY_BRIDGE = "processor\t: 0\nflags\t\t: fpu sse2 avx f16c\n";

    private static Host linux(String arch, String cpuInfo) {
        return new Host("Linux", arch, Optional.of(cpuInfo), false, library -> true);
    }

    private static String refusal(Host host) {
        LLMException e = assertThrows(LLMException.class, host::check);
        assertEquals(LLMException.Reason.UNUSABLE, e.reason());
        assertTrue(e.getMessage().contains("LLAMA_API_URL_OVERRIDE=http://localhost:8090"), e.getMessage());
        return e.getMessage();
    }

    @Test
    void takesACpuThatCan() {
        assertDoesNotThrow(linux("amd64", HASWELL)::check);
        assertDoesNotThrow(linux("aarch64", "processor\t: 0\nFeatures\t: fp asimd\n")::check);
    }

    @Test
    void refusesACpuThatCannotAndNamesWhatItLacks() {
        String message = refusal(linux("amd64", IVY_BRIDGE));

        assertTrue(message.contains("lacks AVX2, FMA, BMI2,"), message);
    }

    @Test
    void doesNotTryWhereTheCpuDoesNotSay() {
        assertTrue(refusal(linux("amd64", "")).contains("/proc/cpuinfo does not say"));
        assertTrue(refusal(new Host("Linux", "amd64", Optional.empty(), false, library -> true))
                .contains("would kill this process"));
    }

    @Test
    void saysWhichPackageToInstall() {
        Host host = new Host("Linux", "amd64", Optional.of(HASWELL), false, library -> !library.equals("libgomp.so.1"));

        assertTrue(refusal(host).contains("libgomp.so.1 is not installed. Run: apt install libgomp1"), refusal(host));
    }

    @Test
    void refusesWhatTheJarHasNoLibraryFor() {
        assertTrue(refusal(new Host("Linux", "amd64", Optional.of(HASWELL), true, library -> true))
                .contains("musl"));
        assertTrue(refusal(linux("riscv64", HASWELL)).contains("Linux on riscv64"));
        assertTrue(refusal(new Host("FreeBSD", "amd64", Optional.of(HASWELL), false, library -> true))
                .contains("FreeBSD"));
        assertTrue(refusal(new Host("Windows 11", "aarch64", Optional.empty(), false, library -> true))
                .contains("Windows 11"));
    }

    @Test
    void countsCoresNotThreads() {
        assertEquals(1, linux("amd64", HASWELL).physicalCores(2));
        assertEquals(4, linux("aarch64", "processor\t: 0\n").physicalCores(4));
        assertEquals(1, linux("amd64", HASWELL + "physical id: 1\ncore id: 0\n").physicalCores(1));
    }

    @Test
    void neverLetsNotANumberReachNativeCode() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Sampling(
                        Double.NaN,
                        java.util.OptionalDouble.empty(),
                        1,
                        java.util.OptionalInt.empty(),
                        java.util.Set.of()));
    }
}
