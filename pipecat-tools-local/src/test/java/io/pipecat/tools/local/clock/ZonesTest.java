package io.pipecat.tools.local.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.tool.ToolException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZonesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Europe/Berlin      | Europe/Berlin
            europe/berlin      | Europe/Berlin
            America/New_York   | America/New_York
            america/new york   | America/New_York
            Tokyo              | Asia/Tokyo
            tokyo              | Asia/Tokyo
            New York           | America/New_York
            new_york           | America/New_York
            Germany            | Europe/Berlin
            München            | Europe/Berlin
            São Paulo          | America/Sao_Paulo
            San Francisco      | America/Los_Angeles
            London             | Europe/London
            UK                 | Europe/London
            U.S.               | several
            India              | Asia/Kolkata
            Sydney             | Australia/Sydney
            Japan              | Asia/Tokyo
            Paris, France      | Europe/Paris
            Washington, D.C.   | America/New_York
            Port-au-Prince     | America/Port-au-Prince
            St. Louis          | America/Chicago
            UTC                | UTC
            gmt                | UTC
            Z                  | UTC
            +02:00             | +02:00
            -0330              | -03:30
            +5                 | +05:00
            UTC+2              | +02:00
            GMT-5              | -05:00
            UTC +05:30         | +05:30
            −3                 | -03:00
            CET                | CET
            PST                | America/Los_Angeles
            Buenos Aires       | America/Buenos_Aires
            """)
    void knowsPlaces(String name, String zone) throws Exception {
        if (zone.equals("several")) {
            assertTrue(failure(name.replace(".", "")).contains("several time zones"));
        } else {
            assertEquals(zone, Zones.show(Zones.find(name)));
        }
    }

    private static String failure(String name) {
        return assertThrows(ToolException.class, () -> Zones.find(name)).getMessage();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            Tokyoo        | No time zone or place is known as 'Tokyoo'. Did you mean 'tokyo' (Asia/Tokyo)? Give an IANA zone such as Europe/Berlin, an offset such as +02:00, or a large city or a country.
            Europe/Berlim | No time zone or place is known as 'Europe/Berlim'. Did you mean 'europe/berlin' (Europe/Berlin)? Give an IANA zone such as Europe/Berlin, an offset such as +02:00, or a large city or a country.
            Xyzzyplugh    | No time zone or place is known as 'Xyzzyplugh'. Give an IANA zone such as Europe/Berlin, an offset such as +02:00, or a large city or a country.
            USA           | 'USA' has several time zones: say which of America/New_York, America/Chicago, America/Denver, America/Los_Angeles.
            CST           | 'CST' has several time zones: say which of America/Chicago, Asia/Shanghai.
            +19:00        | '+19:00' is no offset from UTC: they lie between -18:00 and +18:00.
            +01:75        | '+01:75' is no offset from UTC: they lie between -18:00 and +18:00.
            """)
    void unknownAndAmbiguousNamesGetASentence(String name, String message) {
        assertEquals(message, failure(name));
    }

    @ParameterizedTest
    @ValueSource(ints = {61, 5000, 100_000})
    void aVeryLongNameIsRefusedWithoutComparingIt(int length) {
        String message = failure("a".repeat(length));
        assertFalse(message.contains("Did you mean"), message);
        assertTrue(message.length() < 300, message);
    }

    @Test
    void everyPlaceIsWrittenOnceAndHasAZone() throws Exception {
        Set<String> known = ZoneId.getAvailableZoneIds();
        Set<String> names = new HashSet<>();
        try (InputStream in = Zones.class.getResourceAsStream("places.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line :
                    text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
                String[] sides = line.split(" = ", -1);
                assertEquals(2, sides.length, line);
                for (String id : sides[1].split(" ", -1)) {
                    assertTrue(known.contains(id), line);
                }
                for (String name : sides[0].split(", ", -1)) {
                    assertTrue(name.matches("[a-z]+( [a-z]+)*"), line);
                    assertTrue(names.add(name), name + " is there twice");
                }
            }
        }
        assertTrue(names.size() > 300);
    }
}
