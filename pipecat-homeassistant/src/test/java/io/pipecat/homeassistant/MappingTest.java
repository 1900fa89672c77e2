package io.pipecat.homeassistant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.world.WorldModelException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an entity of Home Assistant is here, and what is asked of it there. */
class MappingTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            light.a        | on          | 'brightness':255                        | light         | {'state':'on','brightness':100}
            light.a        | on          | 'brightness':128                        | light         | {'state':'on','brightness':50}
            light.a        | on          | 'brightness':1                          | light         | {'state':'on','brightness':1}
            light.a        | on          | 'brightness':3,'rgb_color':[255,136,0]  | light         | {'state':'on','brightness':1,'color':'#ff8800'}
            light.a        | on          | 'rgb_color':[1,2]                       | light         | {'state':'on'}
            light.a        | on          | 'rgb_color':null,'color_temp_kelvin':2700 | light       | {'state':'on','color_temperature':2700}
            light.a        | off         | 'brightness':null                       | light         | {'state':'off'}
            light.a        | unavailable | 'brightness':12                         | light         | {'state':'unavailable'}
            light.a        | unknown     |                                         | light         | {}
            switch.a       | on          | 'device_class':'outlet'                 | switch        | {'state':'on'}
            input_boolean.a | off        |                                         | switch        | {'state':'off'}
            cover.a        | open        | 'current_position':40                   | cover         | {'state':'open','position':40}
            cover.a        | closing     | 'device_class':'shutter'                | shutter       | {'state':'closing'}
            cover.a        | closed      | 'device_class':'garage'                 | garage_door   | {'state':'closed'}
            cover.a        | closed      | 'device_class':'gate'                   | gate          | {'state':'closed'}
            lock.a         | locked      |                                         | lock          | {'state':'locked'}
            climate.a      | heat        | 'temperature':21.5,'current_temperature':20,'hvac_action':'heating' | thermostat | {'state':'heat','temperature':21.5,'current_temperature':20,'action':'heating'}
            climate.a      | off         | 'temperature':null                      | thermostat    | {'state':'off'}
            media_player.a | playing     | 'volume_level':0.35,'source':'Radio','media_title':'News' | media_player | {'state':'playing','volume':35,'source':'Radio','title':'News'}
            media_player.a | on          | 'device_class':'tv','volume_level':1    | tv            | {'state':'on','volume':100}
            fan.a          | on          | 'percentage':66                         | fan           | {'state':'on','speed':66}
            vacuum.a       | docked      | 'battery_level':90                      | vacuum        | {'state':'docked','battery':90}
            sensor.a       | 21.50       | 'unit_of_measurement':'°C','device_class':'temperature' | sensor | {'state':21.50,'unit':'°C','temperature':21.50}
            sensor.a       | 12          | 'unit_of_measurement':'km'              | sensor        | {'state':12,'unit':'km'}
            sensor.a       | idle        |                                         | sensor        | {'state':'idle'}
            sensor.a       | 007         |                                         | sensor        | {'state':'007'}
            binary_sensor.a | on         | 'device_class':'window'                 | binary_sensor | {'state':'open'}
            binary_sensor.a | off        | 'device_class':'door'                   | binary_sensor | {'state':'closed'}
            binary_sensor.a | on         | 'device_class':'motion'                 | binary_sensor | {'state':'on'}
            """)
    void isReadAs(String id, String state, String attributes, String type, String properties) {
        JsonObject json = JsonObject.builder()
                .put("entity_id", id)
                .put("state", state)
                .put("attributes", FakeHomeAssistant.json("{" + (attributes == null ? "" : attributes) + "}"))
                .build();
        Entity entity = Entity.of(json, false).orElseThrow();
        assertEquals(properties, entity.properties().toString().replace('"', '\''));
        assertEquals(type, entity.type());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            light.a        | {'state':'on'}                          | light.turn_on {}
            light.a        | {'state':'off'}                         | light.turn_off {}
            light.a        | {'state':'on','brightness':40}          | light.turn_on {'brightness_pct':40}
            light.a        | {'brightness':40}                       | light.turn_on {'brightness_pct':40}
            light.a        | {'state':'on','color':'red'}            | light.turn_on {'color_name':'red'}
            light.a        | {'state':'on','color':'#ff8800'}        | light.turn_on {'rgb_color':[255,136,0]}
            light.a        | {'color_temperature':2700}              | light.turn_on {'color_temp_kelvin':2700}
            switch.a       | {'state':'on'}                          | switch.turn_on {}
            input_boolean.a | {'state':'off'}                        | input_boolean.turn_off {}
            cover.a        | {'state':'open'}                        | cover.open_cover {}
            cover.a        | {'state':'closed'}                      | cover.close_cover {}
            cover.a        | {'state':'stop'}                        | cover.stop_cover {}
            cover.a        | {'state':'open','position':40}          | cover.set_cover_position {'position':40}
            cover.a        | {'state':'open','position':100}         | cover.open_cover {}
            cover.a        | {'state':'closed','position':0}         | cover.close_cover {}
            lock.a         | {'state':'locked'}                      | lock.lock {}
            lock.a         | {'state':'unlocked'}                    | lock.unlock {}
            climate.a      | {'temperature':21.5}                    | climate.set_temperature {'temperature':21.5}
            climate.a      | {'state':'off'}                         | climate.turn_off {}
            climate.a      | {'state':'heat','temperature':20}       | climate.set_hvac_mode {'hvac_mode':'heat'}; climate.set_temperature {'temperature':20}
            media_player.a | {'state':'paused'}                      | media_player.media_pause {}
            media_player.a | {'volume':35}                           | media_player.volume_set {'volume_level':0.35}
            media_player.a | {'source':'Radio'}                      | media_player.select_source {'source':'Radio'}
            fan.a          | {'state':'on','speed':60}               | fan.set_percentage {'percentage':60}
            fan.a          | {'state':'off'}                         | fan.turn_off {}
            vacuum.a       | {'state':'on'}                          | vacuum.start {}
            vacuum.a       | {'state':'docked'}                      | vacuum.return_to_base {}
            """)
    void isAskedFor(String id, String change, String calls) throws Exception {
        List<JsonObject> planned = ServiceCalls.of(id, "It", false, FakeHomeAssistant.json(change));
        assertEquals(
                calls,
                planned.stream()
                        .map(call -> call.string("domain").orElseThrow() + "."
                                + call.string("service").orElseThrow() + " "
                                + call.object("service_data")
                                        .orElseThrow()
                                        .toString()
                                        .replace('"', '\''))
                        .collect(Collectors.joining("; ")));
        planned.forEach(call -> assertEquals(
                "{\"entity_id\":\"" + id + "\"}",
                call.object("target").orElseThrow().toString()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            light.a   | {'state':'locked'}
            switch.a  | {'brightness':40}
            lock.a    | {'state':'on'}
            cover.a   | {'state':'on'}
            sensor.a  | {'state':'on'}
            camera.a  | {'state':'on'}
            climate.a | {}
            """)
    void cannotBeAskedFor(String id, String change) {
        String message = assertThrows(
                        WorldModelException.class,
                        () -> ServiceCalls.of(id, "It", false, FakeHomeAssistant.json(change)))
                .getMessage();
        assertEquals(
                "Home Assistant has no service that would make \"It\" (" + id + ") " + FakeHomeAssistant.json(change)
                        + ".",
                message);
    }
}
