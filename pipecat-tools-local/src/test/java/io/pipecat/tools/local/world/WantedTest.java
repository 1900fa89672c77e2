package io.pipecat.tools.local.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.world.Device;
import io.pipecat.testkit.node.TestWorld;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WantedTest {
    private static House.Known device(String type, JsonObject state, boolean commandable) {
        Device device = new Device("it", "It", type, Optional.empty(), state, Set.of(), commandable);
        return new House(new TestWorld(List.of(), List.of(device)).state())
                .devices()
                .getFirst();
    }

    private static String change(House.Known known, String said, String property) {
        Optional<String> named = Optional.ofNullable(property);
        return switch (Wanted.of(said, named).forDevice(known)) {
            case Wanted.Change.Possible(JsonObject change) -> change.toString().replace('"', '\'');
            case Wanted.Change.Impossible(String sentence) -> sentence;
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            light       | on          |             | {'state':'on'}
            light       | ON          |             | {'state':'on'}
            light       | turn on     |             | {'state':'on'}
            light       | switch off  |             | {'state':'off'}
            light       | an          |             | {'state':'on'}
            light       | ausschalten |             | {'state':'off'}
            light       | éteint      |             | {'state':'off'}
            light       | encendida   |             | {'state':'on'}
            light       | true        |             | {'state':'on'}
            light       | 40%         |             | {'state':'on','brightness':40}
            light       | 40 %        |             | {'state':'on','brightness':40}
            light       | to 40%      |             | {'state':'on','brightness':40}
            light       | set to 40 % |             | {'state':'on','brightness':40}
            light       | 40 percent  |             | {'state':'on','brightness':40}
            light       | 40 Prozent  |             | {'state':'on','brightness':40}
            light       | 40 pour cent |            | {'state':'on','brightness':40}
            light       | 40          |             | {'state':'on','brightness':40}
            light       | 40          | brightness  | {'state':'on','brightness':40}
            light       | 33,3%       | Brightness  | {'state':'on','brightness':33}
            light       | half        |             | {'state':'on','brightness':50}
            light       | full        |             | {'state':'on','brightness':100}
            light       | 0%          |             | {'state':'off'}
            light       | red         |             | {'state':'on','color':'red'}
            light       | Rot         |             | {'state':'on','color':'red'}
            light       | light blue  | colour      | {'state':'on','color':'lightblue'}
            light       | #ff8800     |             | {'state':'on','color':'#ff8800'}
            light       | toggle      |             | {'state':'on'}
            switch      | on          |             | {'state':'on'}
            switch      | off         | state       | {'state':'off'}
            switch      | toggle      |             | {'state':'on'}
            blind       | close       |             | {'state':'closed'}
            blind       | open        |             | {'state':'open'}
            blind       | up          |             | {'state':'open'}
            blind       | runter      |             | {'state':'closed'}
            blind       | zu          |             | {'state':'closed'}
            blind       | fermé       |             | {'state':'closed'}
            blind       | stop        |             | {'state':'stop'}
            cover       | 30%         |             | {'state':'open','position':30}
            cover       | 30          | position    | {'state':'open','position':30}
            cover       | 0%          |             | {'state':'closed','position':0}
            garage_door | open        |             | {'state':'open'}
            garage_door | shut        |             | {'state':'closed'}
            lock        | lock        |             | {'state':'locked'}
            lock        | locked      |             | {'state':'locked'}
            lock        | unlock      |             | {'state':'unlocked'}
            lock        | close       |             | {'state':'locked'}
            lock        | verriegeln  |             | {'state':'locked'}
            thermostat  | 21          |             | {'temperature':21}
            thermostat  | 21°C        |             | {'temperature':21}
            thermostat  | 21 °C       | temperature | {'temperature':21}
            thermostat  | 21.5 degrees |            | {'temperature':21.5}
            thermostat  | 21,5 Grad   |             | {'temperature':21.5}
            thermostat  | 70 °F       |             | {'temperature':21.1}
            thermostat  | 70 degrees fahrenheit |   | {'temperature':21.1}
            thermostat  | off         |             | {'state':'off'}
            thermostat  | heat        |             | {'state':'heat'}
            media_player | 30%        |             | {'volume':30}
            media_player | 30         | volume      | {'volume':30}
            media_player | pause      |             | {'state':'paused'}
            media_player | play       |             | {'state':'playing'}
            fan         | 60%         |             | {'state':'on','speed':60}
            vacuum      | on          |             | {'state':'on'}
            appliance   | on          |             | {'state':'on'}
            """)
    void isReadAsPeopleSayIt(String type, String said, String property, String change) {
        assertEquals(change, change(device(type, JsonObject.of("state", "off"), true), said, property));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            light       | locked  |             | "It" can be on or off, or a brightness in %; not "locked".
            light       | 140%    |             | "It" can be on or off, or a brightness in %; not "140%".
            light       | -5%     |             | "It" can be on or off, or a brightness in %; not "-5%".
            light       | 21 °C   |             | "It" can be on or off, or a brightness in %; not "21 °C".
            light       | 21      | temperature | "It" can be on or off, or a brightness in %; not temperature "21".
            light       | bright  | color       | "It" can be on or off, or a brightness in %; not color "bright".
            light       | 5       | position    | "It" can be on or off, or a brightness in %; not position "5".
            switch      | 40%     |             | "It" can be on or off; not "40%".
            switch      | red     |             | "It" can be on or off; not "red".
            blind       | on      |             | "It" can be open or closed, or a position in %; not "on".
            blind       | 120%    |             | "It" can be open or closed, or a position in %; not "120%".
            garage_door | locked  |             | "It" can be open or closed; not "locked".
            lock        | on      |             | "It" can be locked or unlocked; not "on".
            lock        | open    |             | "It" can be locked or unlocked; not "open".
            lock        | toggle  |             | "It" can be locked or unlocked; not "toggle".
            lock        | 50%     |             | "It" can be locked or unlocked; not "50%".
            thermostat  | 50%     |             | "It" can be on or off, or a temperature from 5 to 35 °C; not "50%".
            thermostat  | 70      |             | "It" can be on or off, or a temperature from 5 to 35 °C; not "70".
            thermostat  | 3 °C    |             | "It" can be on or off, or a temperature from 5 to 35 °C; not "3 °C".
            thermostat  | open    |             | "It" can be on or off, or a temperature from 5 to 35 °C; not "open".
            media_player | locked |             | "It" can be on or off, playing or paused, or a volume in %; not "locked".
            fan         | open    |             | "It" can be on or off, or a speed in %; not "open".
            sensor      | on      |             | "It" takes no commands; not "on".
            appliance   | locked  |             | "It" can be on or off; not "locked".
            """)
    void isRefusedInASentenceThatSaysWhatCanBe(String type, String said, String property, String sentence) {
        assertEquals(sentence, change(device(type, JsonObject.of("state", "off"), true), said, property));
    }

    @Test
    void aDeviceWithoutCommandsTakesNone() {
        assertEquals("\"It\" takes no commands.", change(device("light", JsonObject.EMPTY, false), "on", null));
    }

    @Test
    void togglingNeedsToKnowWhatIs() {
        JsonObject on = JsonObject.of("state", "on");
        assertEquals("{'state':'off'}", change(device("light", on, true), "toggle", null));
        JsonObject open = JsonObject.of("state", "open");
        assertEquals("{'state':'closed'}", change(device("blind", open, true), "toggle", null));
        assertEquals(
                "It is not known what \"It\" is now, so it cannot be toggled: say what it is to be.",
                change(device("light", JsonObject.EMPTY, true), "toggle", null));
    }

    @Test
    void aLightThatTellsItsColourIsOfferedColours() {
        JsonObject state = JsonObject.of("color", "red");
        assertEquals(
                "\"It\" can be on or off, or a brightness in %, or a colour; not \"loud\".",
                change(device("light", state, true), "loud", null));
    }

    @Test
    void aDeviceOfAnUnknownKindTakesWhatIsItsOwn() {
        JsonObject docked = JsonObject.of("state", "docked");
        assertEquals("{'state':'cleaning'}", change(device("appliance", docked, true), "cleaning", null));
        JsonObject program = JsonObject.of("program", "eco");
        assertEquals("{'program':'Quick 30'}", change(device("appliance", program, true), "Quick 30", "program"));
        assertEquals("{'program':3}", change(device("appliance", program, true), "3", "program"));
    }
}
