package io.pipecat.api.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonValueTest {

    @Test
    void objectsKeepTheOrderAndAreEqualWithoutIt() {
        JsonObject ab = JsonObject.builder().put("a", 1).put("b", 2).build();
        JsonObject ba = JsonObject.builder().put("b", 2).put("a", 1).build();
        assertEquals("{\"a\":1,\"b\":2}", ab.toString());
        assertEquals("{\"b\":2,\"a\":1}", ba.toString());
        assertEquals(ab, ba);
        assertEquals(ab.hashCode(), ba.hashCode());
        assertNotEquals(ab, JsonObject.of("a", JsonNumber.of(1)));
        assertNotEquals(JsonArray.of(ab, JsonNull.NULL), JsonArray.of(JsonNull.NULL, ab));
    }

    @Test
    void aNamePutAgainKeepsItsPlace() {
        assertEquals(
                "{\"a\":3,\"b\":2}",
                JsonObject.builder().put("a", 1).put("b", 2).put("a", 3).build().toString());
    }

    @Test
    void valuesAreCopies() {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        JsonObject object = new JsonObject(members);
        List<JsonValue> elements = new ArrayList<>();
        JsonArray array = new JsonArray(elements);
        JsonObject.Builder builder = JsonObject.builder().put("a", 1);
        JsonObject first = builder.build();
        members.put("x", JsonNull.NULL);
        elements.add(JsonNull.NULL);
        builder.put("b", 2);
        assertEquals(JsonObject.EMPTY, object);
        assertEquals(JsonArray.EMPTY, array);
        assertFalse(first.has("b"));
        assertThrows(UnsupportedOperationException.class, () -> object.members().put("x", JsonNull.NULL));
        assertThrows(UnsupportedOperationException.class, () -> array.elements().add(JsonNull.NULL));
    }

    @Test
    void nullIsNoValue() {
        Map<String, JsonValue> members = new HashMap<>();
        members.put("a", null);
        assertThrows(NullPointerException.class, () -> new JsonObject(members));
        assertThrows(NullPointerException.class, () -> new JsonString(null));
        assertThrows(NullPointerException.class, () -> JsonObject.builder().put("a", (JsonValue) null));
        assertThrows(NullPointerException.class, () -> JsonArray.of(JsonNull.NULL, null));
    }

    @Test
    void membersAreReadByKind() {
        JsonObject object = JsonObject.builder()
                .put("s", "text")
                .put("n", 1.5)
                .put("d", new BigDecimal("1.50"))
                .put("b", true)
                .put("o", JsonObject.EMPTY)
                .put("a", JsonArray.EMPTY)
                .put("z", JsonNull.NULL)
                .build();
        assertEquals(Optional.of("text"), object.string("s"));
        assertEquals(Optional.of(new JsonNumber("1.5")), object.number("n"));
        assertEquals(Optional.of(new JsonNumber("1.50")), object.number("d"));
        assertEquals(Optional.of(true), object.bool("b"));
        assertEquals(Optional.of(JsonObject.EMPTY), object.object("o"));
        assertEquals(Optional.of(JsonArray.EMPTY), object.array("a"));
        assertEquals(Optional.of(JsonNull.NULL), object.get("z"));
        assertTrue(object.has("z"));
        assertEquals(Optional.empty(), object.string("n"));
        assertEquals(Optional.empty(), object.number("s"));
        assertEquals(Optional.empty(), object.bool("missing"));
        assertEquals(Optional.empty(), object.object("z"));
        assertEquals(Optional.empty(), object.array("o"));
        assertEquals(object, object.toBuilder().build());
    }

    @Test
    void arraysAreReadByKind() {
        JsonArray array = JsonArray.of(new JsonString("a"), JsonNumber.of(1), JsonObject.of("b", "c"));
        assertEquals(3, array.size());
        assertEquals(JsonNumber.of(1), array.get(1));
        assertEquals(List.of("a"), array.strings().toList());
        assertEquals(List.of(JsonObject.of("b", "c")), array.objects().toList());
        assertThrows(IndexOutOfBoundsException.class, () -> array.get(3));
        assertEquals("[\"x\",\"y\"]", JsonArray.ofStrings(List.of("x", "y")).toString());
    }

    @Test
    void textIsCompactAndEscaped() {
        JsonValue value = JsonObject.builder()
                .put("q\"\\", "\b\f\n\r\t\u0000\u001f/\u007f")
                .put("l", JsonArray.of(JsonBool.TRUE, JsonBool.FALSE, JsonNull.NULL, JsonObject.EMPTY))
                .build();
        assertEquals(
                "{\"q\\\"\\\\\":\"\\u0008\\u000c\\n\\r\\t\\u0000\\u001f/\u007f\",\"l\":[true,false,null,{}]}",
                value.toString());
    }

    @Test
    void onlyLoneSurrogatesAreEscaped() {
        assertEquals("\"😀\"", new JsonString("😀").toString());
        assertEquals("\"\\ud83d\"", new JsonString("\ud83d").toString());
        assertEquals("\"\\ude00\"", new JsonString("\ude00").toString());
        assertEquals("\"\\ude00\\ud83d\"", new JsonString("\ude00\ud83d").toString());
        assertEquals("\"\\ud83d😀\\ude00\"", new JsonString("\ud83d😀\ude00").toString());
        assertEquals("{\"\\ud83d\":\"\"}", JsonObject.of("\ud83d", "").toString());
    }

    @Test
    void boolsAreTheirJavaValues() {
        assertEquals(JsonBool.TRUE, JsonBool.of(true));
        assertEquals(JsonBool.FALSE, JsonBool.of(false));
        assertTrue(JsonBool.TRUE.value());
        assertFalse(JsonBool.FALSE.value());
    }
}
