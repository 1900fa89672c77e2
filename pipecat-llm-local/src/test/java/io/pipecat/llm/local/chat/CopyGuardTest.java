package io.pipecat.llm.local.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.FunctionSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CopyGuardTest {
    private static boolean refuses(String name, String asked, JsonObject arguments) {
        return check(name, asked, arguments) instanceof CopyGuard.Verdict.Refuse;
    }

    private static JsonObject wish(String target, String state) {
        return JsonObject.builder().put("target", target).put("state", state).build();
    }

    private static boolean refusesWish(String asked, String target, String state) {
        return refuses(HomeFunctions.COMMAND, asked, wish(target, state));
    }

    private static CopyGuard.Verdict check(String name, String asked, JsonObject arguments) {
        FunctionSpec function = new FunctionSpec(
                name,
                "",
                JsonObject.builder()
                        .put("type", "object")
                        .put(
                                "properties",
                                JsonObject.builder()
                                        .put("target", JsonObject.of("type", "string"))
                                        .put("state", JsonObject.of("type", "string"))
                                        .put("zone", JsonObject.of("type", "string"))
                                        .build())
                        .build());
        return CopyGuard.check(function, arguments, asked, "");
    }

    @ParameterizedTest
    @CsvSource({
        "opne the skylight, skylight, open",
        "cloes the blinds, blinds, closed",
        "can you unlok the shed door, shed door, unlocked",
        "turn of the heater, heater, off",
        "it's too dark in the hall, hall, on"
    })
    void forgivesASlipInTheVerb(String asked, String target, String state) {
        assertFalse(refusesWish(asked, target, state));
    }

    @ParameterizedTest
    @CsvSource({
        "opne the skylight, skylight, closed",
        "turn of the heater, heater, on",
        "it's too dark in the hall, hall, off",
        "it's not too dark in the hall, hall, on",
        "my belt, belt, locked",
        "the loft, loft, open",
        "turn them all off, them all, off",
        "the oven in the kitchen, oven, open",
        "look at the door, door, locked"
    })
    void takesNoOtherWordForASlip(String asked, String target, String state) {
        assertTrue(refusesWish(asked, target, state));
    }

    @ParameterizedTest
    @CsvSource({
        "'we forgot to lock the side door, didn''t we', side door, locked",
        "'the light in the attic isn''t on, is it?', light in the attic, on",
        "bathroom window open or shut, bathroom window, open",
        "am i right that the blinds are closed, blinds, closed",
        "turn them off, them, off",
        "quadruple 12 and knock off 8, 8, off",
        "'the oven was at 220 and I need it 40 lower, what do I set it to', oven, 220",
        "what is 6 times 8 and turn it back on, back on, on",
        "lock that one, that one, locked"
    })
    void takesNoQuestionForAWishAndNoPronounForAName(String asked, String target, String state) {
        assertTrue(refusesWish(asked, target, state));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hall light, please | hall light | on",
                "desk lamp please, i'm looking for my keys | desk lamp | on",
                "toggle on my upstairs fan | upstairs fan | on",
                "it's dark in here, some reading lamp | reading lamp | on",
                "why is the tv still on, turn the tv off | tv | off",
                "lamp on, blinds down | blinds | closed",
                "swtich the fan for me | fan | on",
                "turn the radio off when you have a moment | radio | off",
                "if it's not too much trouble, open the gate | gate | open"
            })
    void takesAWishForOne(String asked, String target, String state) {
        assertFalse(refusesWish(asked, target, state));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "if it rains shut the skylight | skylight | closed",
                "when I get home open the garage | garage | open",
                "switch the hallway light off at half past ten | hallway light | off",
                "open the blinds at 7 am | blinds | open",
                "turn the fan off in ten minutes | fan | off",
                "lock the door when i'm gone | door | locked",
                "turn off the fan in forty minutes | fan | off",
                "every night lock the front door | front door | locked",
                "turn off the tv and lock the front door | tv and lock the front door | off",
                "shut off the sprinkler, it is raining anyway | raining | off",
                "i want the skylight open, it stinks of paint in here | paint | open",
                "unlock the wardrobe the sun is blinding me | wardrobe the sun is blinding me | unlocked",
                "my coffee machine is great | coffee machine | on"
            })
    void takesNoWishForAnotherTimeAndNoNameThatRunsOn(String asked, String target, String state) {
        assertTrue(refusesWish(asked, target, state));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Till we meet again | ''",
                "Is it a holiday in Rome | Rome",
                "Bielefeld time | ''",
                "Got how late it is | Got",
                "is it too late to cail Sequi | cail Sequi",
                "is it too late to cail Sequi? | cail Sequi",
                "what time is it, honey? | honey",
                "hey Siri, what time is it | hey Siri",
                "what time is lunch | lunch",
                "who won in Paris | Paris"
            })
    void takesNoPlaceAndNoPartingForTheTime(String asked, String zone) {
        assertTrue(
                refuses(HomeFunctions.CLOCK, asked, zone.isEmpty() ? JsonObject.EMPTY : JsonObject.of("zone", zone)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "waht tiem is it | ''",
                "what's today | ''",
                "is it already dark in Manila | Manila",
                "time in Rome | Rome",
                "Bielefeld time | Bielefeld",
                "what hour is it now in the Azores | Azores",
                "is it too late to call Bielefeld | Bielefeld",
                "my son is in Gotham, is it night there | Gotham",
                "is it night already on Bali | Bali",
                "I'm flying to Kyoto today, how late is it there | Kyoto",
                "San Francisco, how early is it over there | San Francisco",
                "local time please | ''"
            })
    void takesAQuestionForTheTime(String asked, String zone) {
        assertFalse(
                refuses(HomeFunctions.CLOCK, asked, zone.isEmpty() ? JsonObject.EMPTY : JsonObject.of("zone", zone)));
    }

    @ParameterizedTest
    @CsvSource({
        "'I reckon the slow cooker can be switched off', cooker, slow cooker",
        "turn the Welcome Lights off, lights, Welcome Lights",
        "off with my old lamp, lamp, old lamp",
        "🔥 heater off, 🔥 heater, heater",
        "switch off the mood lamp right now, mood lamp right now, mood lamp",
        "turn the damn lamp off, lamp, lamp",
        "turn the whole kitchen off, kitchen, kitchen",
        "switch off those fairy lights, those fairy lights, fairy lights",
        "turn the lamp off, lamp, lamp",
        "that lamp off, lamp, lamp",
        "turn off the hall and lamp, lamp, lamp"
    })
    void namesADeviceAsItWasSaid(String asked, String target, String named) {
        JsonObject arguments = wish(target, "off");

        for (String name : List.of(HomeFunctions.COMMAND, HomeFunctions.QUERY)) {
            CopyGuard.Verdict verdict = check(name, asked, arguments);
            assertEquals(
                    Optional.of(named),
                    assertInstanceOf(CopyGuard.Verdict.Pass.class, verdict)
                            .arguments()
                            .string("target"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'switch off the stove and get the lamp going', lamp, on",
        "'pull the pool cover, plus nobody needs the tv lights, switch them off', pool cover, closed",
        "'breakfast time, coffee machine ❤', coffee machine, on",
        "may i have the radio please, radio, on",
        "'my feet are cold, space heater for me please', space heater, on",
        "the kettle has to be going, kettle, on",
        "'switch the fan on, the game starts in ten minutes', fan, on",
        "'shut the gate, if it''s no bother', gate, closed",
        "'which month is it, also the cooker, can you turn it off', cooker, off",
        "switch off the stove and on the lamp, lamp, on"
    })
    void hearsTheWishOfAPart(String asked, String target, String state) {
        assertFalse(refusesWish(asked, target, state));
    }

    @ParameterizedTest
    @CsvSource({
        "'switch off the stove, the lamp is nice', lamp, on",
        "'the radio, may i have a word', radio, on",
        "i dreamt that all the lights turned blue, lights, blue",
        "'in ten minutes turn the fan on', fan, on",
        "turn the fan on tomorrow, fan, on"
    })
    void leavesWhatIsNotWished(String asked, String target, String state) {
        assertTrue(refusesWish(asked, target, state));
    }

    @ParameterizedTest
    @CsvSource({
        "current time dubai, dubai",
        "date and time Bangkok, Bangkok",
        "Istanbul time please and thank you, Istanbul",
        "what time is it in new york, new york",
        "what time is it, ''",
        "time to go east. what time is it, ''",
        "what time is it in Asia/Tokyo, Asia/Tokyo"
    })
    void addsThePlaceThatTheTimeIsAskedFor(String asked, String zone) {
        JsonObject arguments = zone.contains("/") ? JsonObject.of("zone", zone) : JsonObject.EMPTY;

        CopyGuard.Verdict verdict = check(HomeFunctions.CLOCK, asked, arguments);

        assertEquals(
                zone,
                assertInstanceOf(CopyGuard.Verdict.Pass.class, verdict)
                        .arguments()
                        .string("zone")
                        .orElse(""));
    }

    @ParameterizedTest
    @CsvSource({
        "turn on the fan and turn off the heater, heater, on",
        "turn on the fan and turn off the heater, fan, off",
        "lock the front door and open the back door, back door, locked",
        "'turn on the fan and turn off the heater, it''s cold', heater, on",
        "i want the fan on and the heater off, heater, on",
        "set the heating to 22 and the lamp to 40, lamp, 22",
        "set the heating to 22 and the lamp to 40, heating, 40",
        "extinguish the lamp, lamp, on",
        "cut the power to the heater, heater, on",
        "seal the window, window, open",
        "boot the tv, tv, off"
    })
    void takesNoStateOfAnotherDevice(String asked, String target, String state) {
        assertTrue(refusesWish(asked, target, state));
    }

    @ParameterizedTest
    @CsvSource({
        "'the window is closed, open the window', window, open",
        "'turn the lamp on, no, off', lamp, off",
        "'someone left the lamp off, switch it on', lamp, on",
        "'set the heating to 22 and the lamp to 40', lamp, 40",
        "turn off first the lamp and then the fan, fan, off"
    })
    void takesTheStateThatWasSaidLast(String asked, String target, String state) {
        assertFalse(refusesWish(asked, target, state));
    }

    @ParameterizedTest
    @CsvSource({
        "i don't want you to unlock the front door, front door, unlocked",
        "i told you not to open the garage door, garage door, open",
        "don't you turn on the heater, heater, on",
        "dont you dare to open the gate, gate, open",
        "under no circumstances unlock the door, door, unlocked",
        "no need to open the window, window, open",
        "please don't ever again unlock the door, door, unlocked",
        "'unlock the back door, not the front door', front door, unlocked"
    })
    void leavesWhatIsForbidden(String asked, String target, String state) {
        assertTrue(refusesWish(asked, target, state));
    }

    @ParameterizedTest
    @CsvSource({
        "'why don''t you turn on the heater', heater, on",
        "'don''t forget to lock the door', door, locked",
        "'i don''t want the lamp on any more', lamp, off",
        "'i don''t need the fan, turn it off', fan, off"
    })
    void hearsAWishBesideANo(String asked, String target, String state) {
        assertFalse(refusesWish(asked, target, state));
    }

    @ParameterizedTest
    @CsvSource({
        "turn off lamp 2, lamp, off, lamp 2",
        "unlock garage door 2, garage door, unlocked, garage door 2",
        "set lamp 2 to 40, lamp, 40, lamp 2",
        "set the heating 22, heating, 22, heating",
        "turn off the lights in the kitchen, lights, off, lights in the kitchen",
        "turn the light in the wine cellar off, light, off, light in the wine cellar",
        "turn the light in the hall off please, light, off, light in the hall",
        "turn the light off in the hall, light, off, light in the hall"
    })
    void addsWhatTellsADeviceFromOthers(String asked, String target, String state, String named) {
        JsonObject arguments = wish(target, state);

        CopyGuard.Verdict verdict = check(HomeFunctions.COMMAND, asked, arguments);

        assertEquals(
                Optional.of(named),
                assertInstanceOf(CopyGuard.Verdict.Pass.class, verdict)
                        .arguments()
                        .string("target"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "what time is it here and in Tokyo",
                "turn on the lamp in Melbourne and tell me the time",
                "what is my wake time",
                "how late is it in Paris, and in London"
            })
    void addsNoPlaceThatIsNotSure(String asked) {
        CopyGuard.Verdict verdict = check(HomeFunctions.CLOCK, asked, JsonObject.EMPTY);

        assertTrue(verdict instanceof CopyGuard.Verdict.Refuse
                || verdict.equals(new CopyGuard.Verdict.Pass(JsonObject.EMPTY)));
    }
}
