package io.pipecat.tools.local.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.Location;
import io.pipecat.testkit.node.TestWorld;
import io.pipecat.tools.local.world.House.Known;
import io.pipecat.tools.local.world.Meant.Devices;
import io.pipecat.tools.local.world.Meant.Nothing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices by the names that people say; the tables are files beside this class. */
class ResolutionTest {
    private static final String DEMO = "demo-house.txt";
    private static final String OTHER = "other-house.txt";

    private static final House DEMO_HOUSE = new House(Houses.world(DEMO).state());
    private static final House OTHER_HOUSE = new House(Houses.world(OTHER).state());

    static Stream<Houses.Case> demo() {
        return Houses.cases(DEMO);
    }

    static Stream<Houses.Case> other() {
        return Houses.cases(OTHER);
    }

    @ParameterizedTest
    @MethodSource("demo")
    void inTheDemoHouse(Houses.Case c) {
        assertEquals(c.meant(), meant(DEMO_HOUSE, c.said()));
    }

    @ParameterizedTest
    @MethodSource("other")
    void inAnotherHouse(Houses.Case c) {
        assertEquals(c.meant(), meant(OTHER_HOUSE, c.said()));
    }

    private static String meant(House house, String said) {
        List<Meant> parts;
        try {
            parts = new Request(house).resolve(said);
        } catch (ToolException e) {
            return told(house, e.getMessage());
        }
        return parts.stream()
                .map(part -> switch (part) {
                    case Devices found ->
                        found.devices().stream()
                                .map(known -> known.device().id())
                                .collect(Collectors.joining(", "));
                    case Nothing nothing -> told(house, nothing.sentence());
                })
                .collect(Collectors.joining(", "));
    }

    /** The ids of the devices whose names a sentence quotes. */
    private static String told(House house, String sentence) {
        boolean which = sentence.startsWith("Which one is meant: ");
        String quoted = which ? sentence : sentence.substring(sentence.indexOf("the nearest is"));
        String ids = house.devices().stream()
                .filter(known -> quoted.contains(known.shown(house.isShared(known))))
                .map(known -> known.device())
                .map(Device::id)
                .collect(Collectors.joining(", "));
        return (which ? "? " : "! ") + ids;
    }

    @Test
    void theSentencesAreThoseOfTheContract() throws Exception {
        assertEquals(
                "There is no \"kitchen toaster\" here; the nearest is \"Kitchen light\".", sentence("kitchen toaster"));
        assertEquals("Which one is meant: \"Front door\" or \"Garage door\"?", sentence("the door"));
        assertEquals(
                "Which one is meant: \"Kitchen light\", \"Living room light\", \"Bedroom light\" or \"Hall light\"?",
                sentence("light"));
    }

    private static String sentence(String said) throws ToolException {
        return ((Nothing) new Request(DEMO_HOUSE).resolve(said).getFirst()).sentence();
    }

    @Test
    void twoOfOneNameAreToldApartByTheirRooms() throws Exception {
        assertEquals(
                "Which one is meant: \"Desk\" (Anna's room) or \"Desk\" (Ben's room)?",
                ((Nothing) new Request(OTHER_HOUSE).resolve("the desk").getFirst()).sentence());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "...", "\"\"", "?!", "\u200d"})
    void nothingSaidIsAskedBack(String said) throws Exception {
        assertEquals("Which device or room is meant? Nothing was named.", sentence(said));
    }

    @Test
    void whatIsTooLongIsRefused() {
        String sentence = assertThrows(ToolException.class, () -> new Request(DEMO_HOUSE).resolve("light ".repeat(200)))
                .getMessage();
        assertTrue(sentence.contains("1200 characters"), sentence);
        assertThrows(ToolException.class, () -> new Request(DEMO_HOUSE).resolve("a,".repeat(60)));
    }

    @Test
    void anEmptyHouseSaysSo() throws Exception {
        House empty = new House(new TestWorld(List.of(), List.of()).state());
        assertEquals(
                "There are no devices here.",
                ((Nothing) new Request(empty).resolve("kitchen light").getFirst()).sentence());
    }

    @Test
    void aRoomWithoutDevicesSaysSo() throws Exception {
        TestWorld world = Houses.world(DEMO);
        List<Location> places = new ArrayList<>(world.state().locations());
        places.add(new Location("attic", "Attic", List.of()));
        House house = new House(new TestWorld(places, world.state().devices()).state());
        assertEquals(
                "There are no devices in \"Attic\".",
                ((Nothing) new Request(house).resolve("the attic").getFirst()).sentence());
    }

    /** German compounds, which nearly resemble one another. */
    private static House bigHouse() {
        List<String> parts = List.of("haus", "kuchen", "garten", "wohn", "schlaf", "decken", "keller", "flur", "bade");
        List<String> kinds = List.of("licht", "lampe", "rollladen", "heizung", "steckdose", "melder", "tor");
        Random random = new Random(5);
        Supplier<String> word = () -> parts.get(random.nextInt(parts.size())) + parts.get(random.nextInt(parts.size()))
                + "s" + kinds.get(random.nextInt(kinds.size()));
        List<Location> places = IntStream.range(0, 500)
                .mapToObj(i -> new Location("room" + i, "Raum " + word.get() + " " + i, List.of()))
                .toList();
        List<Device> devices = IntStream.range(0, 5000)
                .mapToObj(i -> new Device(
                        "d" + i,
                        word.get() + " " + word.get() + " " + word.get() + " " + i % 7,
                        i % 3 == 0 ? "light" : "switch",
                        Optional.of("room" + i % 500),
                        JsonObject.of("state", "off"),
                        Set.of(),
                        true))
                .toList();
        return new House(new TestWorld(places, devices).state());
    }

    @Test
    @Timeout(60)
    void aBigHouseIsNotHeldUpByWhatSomebodySays() throws Exception {
        House house = bigHouse();
        for (Known known : house.devices().subList(0, 100)) {
            assertEquals(known.device().id(), meant(house, known.device().id()));
        }
        assertThrows(ToolException.class, () -> new Request(house).resolve("a,".repeat(500)));
        for (String said : List.of(
                "gartenkellerslampe,flurbadesmelder,".repeat(20),
                "x".repeat(1000),
                "kuchenlichtx ".repeat(76),
                "xx yy ".repeat(160))) {
            assertFalse(new Request(house).resolve(said).isEmpty());
        }
    }

    @Test
    void aLongNonsenseTargetIsShortenedInTheAnswer() throws Exception {
        String sentence = sentence("x".repeat(900));
        assertTrue(sentence.length() < 200, sentence);
    }
}
