package io.pipecat.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonKindTest {

    @ParameterizedTest
    @CsvSource({"{}, an object", "[], an array", "\"\", a string", "0, a number", "true, true or false", "null, null"})
    void namesTheKindOfAValue(String text, String kind) throws JsonException {
        assertEquals(kind, Json.kind(Json.parse(text)));
    }
}
