package io.pipecat.api.setting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipecat.api.DeploymentMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTypesTest {
    enum Colour {
        RED,
        DARK_BLUE
    }

    private static void assertRefused(String message, SettingType<?> type, String text) {
        var e = assertThrows(IllegalArgumentException.class, () -> type.parse(text), text);
        assertEquals(message, e.getMessage());
    }

    private static <T> void assertReads(T expected, SettingType<T> type, String text) {
        assertEquals(expected, type.parse(text));
        assertEquals(expected, type.parse(type.format(expected)));
    }

    @Test
    void text() {
        assertReads(" as it is ", SettingTypes.string(), " as it is ");
        assertReads("", SettingTypes.string(), "");
    }

    @ParameterizedTest
    @CsvSource({
        "true, true",
        "TRUE, true",
        "1, true",
        "yes, true",
        "' On ', true",
        "false, false",
        "0, false",
        "no, false",
        "off, false"
    })
    void truth(String text, boolean expected) {
        assertReads(expected, SettingTypes.bool(), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ture", "2", "y"})
    void noTruth(String text) {
        assertRefused("must be true or false", SettingTypes.bool(), text);
    }

    @Test
    void integers() {
        SettingType<Integer> port = SettingTypes.integer(1, 65_535);
        assertEquals("1 to 65535", port.label());
        assertReads(1, port, "1");
        assertReads(65_535, port, " +65535 ");
        assertReads(Integer.MIN_VALUE, SettingTypes.integer(Integer.MIN_VALUE, 0), "-2147483648");
        assertRefused("must be from 1 to 65535; the nearest is 65535", port, "65536");
        assertRefused("must be from 1 to 65535; the nearest is 1", port, "-4");
        assertRefused("must be from 1 to 65535; the nearest is 65535", port, "99999999999999999999999");
        for (String text : List.of("", "x", "1.0", "1e3", "0x10", "١", "1 2")) {
            assertRefused("must be a whole number from 1 to 65535", port, text);
        }
    }

    @Test
    void decimals() {
        SettingType<Double> temperature = SettingTypes.decimal(0, 2.5);
        assertEquals("0 to 2.5", temperature.label());
        assertReads(0.7, temperature, "0.7");
        assertReads(2.5, temperature, "2.5");
        assertReads(0.05, temperature, "5e-2");
        assertReads(0.5, temperature, ".5");
        assertReads(2.0, temperature, "2.");
        assertRefused("must be from 0 to 2.5; the nearest is 2.5", temperature, "2.6");
        assertRefused("must be from 0 to 2.5; the nearest is 0", temperature, "-0.1");
        assertRefused("must be from 0 to 2.5; the nearest is 2.5", temperature, "1e999");
        for (String text : List.of("", "warm", "NaN", "Infinity", "1f", "1d", "0x1p3", "1,5")) {
            assertRefused("must be a number from 0 to 2.5", temperature, text);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "500ms, 500",
        "30s, 30000",
        "30, 30000",
        "5m, 300000",
        "2h, 7200000",
        "1d, 86400000",
        "1.5h, 5400000",
        "' 2 S ', 2000",
        "4.35s, 4350",
        "0.0004s, 0",
        "0.0005s, 1",
        "0, 0"
    })
    void durations(String text, long millis) {
        assertReads(Duration.ofMillis(millis), SettingTypes.duration(Duration.ZERO, Duration.ofDays(1)), text);
    }

    @Test
    void durationsHaveARange() {
        SettingType<Duration> type = SettingTypes.duration(Duration.ofMillis(1005), Duration.ofMinutes(90));
        assertEquals("a duration, 1005ms to 90m", type.label());
        assertReads(Duration.ofMillis(1005), type, "1.005s");
        assertRefused("must be from 1005ms to 90m; the nearest is 1005ms", type, "1s");
        assertRefused("must be from 1005ms to 90m; the nearest is 90m", type, "5400.001");
        assertRefused("must be from 1005ms to 90m; the nearest is 90m", type, "9".repeat(50) + "d");
        for (String text : List.of("", "soon", "-5s", "1w", "1h30m", "PT30S", "s")) {
            assertRefused(
                    "must be a duration from 1005ms to 90m, such as 500ms, 30s, 5m or 2h (a bare number means seconds)",
                    type,
                    text);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "1, 1ms",
        "1500, 1500ms",
        "1000, 1s",
        "60000, 1m",
        "90000, 90s",
        "3600000, 1h",
        "5400000, 90m",
        "86400000, 1d",
        "604800000, 7d",
        "90000000, 25h"
    })
    void durationsAreWrittenShort(long millis, String text) {
        assertEquals(text, SettingTypes.format(Duration.ofMillis(millis)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://core:8080/v1",
                "https://[fe80::1]:443",
                "HTTP://10.0.0.5",
                "http://a.b.c/x?y=z",
                "http://h:1",
                "http://h:65535"
            })
    void urls(String text) {
        assertEquals(text, SettingTypes.httpUrl().parse(" " + text + " ").toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | must be a URL that starts with http:// or https://",
                "core:8080 | must be a URL that starts with http:// or https://",
                "10.0.0.5:8080 | must be a URL that starts with http:// or https://",
                "ftp://core | must be a URL that starts with http:// or https://",
                "http:core | must be a URL that starts with http:// or https://",
                "http:///v1 | has no valid host: a name of letters, digits, '-' and '.', or an address, with a port or without",
                "http://my_host:80 | has no valid host: a name of letters, digits, '-' and '.', or an address, with a port or without",
                "http://h:99999 | must have a port from 1 to 65535; the nearest is 65535",
                "http://h:0 | must have a port from 1 to 65535; the nearest is 1",
                "http://me:secret@h | must not hold a user name or password: a URL is shown, and a key has a setting of its own",
                "http://a b | is not a URL: Illegal character in authority"
            })
    void noUrls(String text, String message) {
        assertRefused(message, SettingTypes.httpUrl(), text);
    }

    @Test
    void paths() {
        assertReads(Path.of("/a/b c"), SettingTypes.path(), "/a/b c");
        assertReads(Path.of("x"), SettingTypes.path(), "x");
        assertRefused("must be a path, and is empty", SettingTypes.path(), " ");
        assertRefused("is not a path: Nul character not allowed", SettingTypes.path(), "a\0b");
    }

    @Test
    void lists() {
        assertReads(List.of("a", "b c"), SettingTypes.list(), " a ,, b c,");
        assertReads(List.of(), SettingTypes.list(), "");
    }

    @Test
    void choicesOfAnEnum() {
        SettingType<Colour> type = SettingTypes.choice(Colour.class);
        assertEquals(List.of("red", "dark-blue"), type.choices());
        assertEquals("red, dark-blue", type.label());
        assertReads(Colour.DARK_BLUE, type, " Dark-Blue ");
        assertRefused("must be one of red, dark-blue", type, "dark_blue");
        assertRefused("must be one of red, dark-blue", type, "rad");
        assertRefused("must be one of red, dark-blue", type, "ultraviolet");
        assertReads(DeploymentMode.MONOLITH, SettingTypes.choice(DeploymentMode.class), "monolith");
    }

    @Test
    void choicesOfWords() {
        SettingType<String> type = SettingTypes.choice(List.of("ask", "deny", "allow"));
        assertReads("deny", type, "DENY ");
        assertRefused("must be one of ask, deny, allow", type, "alow");
        assertRefused("must be one of ask, deny, allow", type, "");
        assertThrows(IllegalArgumentException.class, () -> SettingTypes.choice(List.of("Ask")));
    }

    @Test
    void secrets() {
        assertReads(new Secret("s3cret"), SettingTypes.secret(), "s3cret");
        assertFalse(SettingTypes.secret().parse("s3cret").toString().contains("s3"));
    }

    @Test
    void rangesAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> SettingTypes.integer(2, 1));
        assertThrows(IllegalArgumentException.class, () -> SettingTypes.decimal(0, Double.NaN));
        assertThrows(
                IllegalArgumentException.class,
                () -> SettingTypes.duration(Duration.ofSeconds(2), Duration.ofSeconds(1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> SettingTypes.duration(Duration.ofSeconds(-2), Duration.ofSeconds(1)));
    }
}
