package io.pipecat.tools.local.world;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.Location;
import io.pipecat.testkit.node.TestWorld;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a house, and what people say in it, from a file of the test's resources. */
final class Houses {

    /** What is said, and what is meant. */
    record Case(String said, String meant) {
        @Override
        public String toString() {
            return said + " -> " + meant;
        }
    }

    private Houses() {}

    private static List<String> lines(String file) {
        try (InputStream in = Houses.class.getResourceAsStream(file)) {
            assertNotNull(in, file);
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                return reader.lines()
                        .filter(line -> !line.startsWith("#") && !line.isBlank())
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TestWorld world(String file) {
        List<Location> places = new ArrayList<>();
        List<Device> devices = new ArrayList<>();
        lines(file).stream().filter(line -> line.startsWith("=")).forEach(line -> {
            String[] columns = line.substring(1).split("\\|", -1);
            String room = columns[3].strip();
            String roomId = "room." + room.toLowerCase(Locale.ROOT).replace(' ', '_');
            Optional<String> place = room.equals("-") ? Optional.empty() : Optional.of(roomId);
            if (place.isPresent()
                    && places.stream().noneMatch(known -> known.id().equals(roomId))) {
                places.add(new Location(roomId, room, List.of()));
            }
            String type = columns[2].strip();
            devices.add(new Device(
                    columns[0].strip(),
                    columns[1].strip(),
                    type,
                    place,
                    JsonObject.of("state", "off"),
                    Set.of(),
                    !type.equals("sensor")));
        });
        return new TestWorld(places, devices);
    }

    static Stream<Case> cases(String file) {
        return lines(file).stream()
                .filter(line -> !line.startsWith("="))
                .map(line -> new Case(
                        line.substring(0, line.lastIndexOf('|')),
                        line.substring(line.lastIndexOf('|') + 1).strip()));
    }
}
