package io.pipecat.api.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ToolSourceTest {
    private final List<String> closed = new ArrayList<>();

    private Tool tool(String name, Optional<RuntimeException> failure) {
        return new Tool() {
            @Override
            public ToolSpec spec() {
                return new ToolSpec(name, "d", Placement.NORMAL, List.of());
            }

            @Override
            public JsonValue call(String method, JsonObject arguments, ToolContext context) {
                return JsonNull.NULL;
            }

            @Override
            public void close() {
                closed.add(name);
                if (failure.isPresent()) {
                    throw failure.get();
                }
            }
        };
    }

    @Test
    void closingASourceClosesAllItsTools() {
        var first = new IllegalStateException("first");
        var second = new IllegalStateException("second");
        ToolSource source = ToolSource.of(
                tool("a", Optional.of(first)), tool("b", Optional.empty()), tool("c", Optional.of(second)));
        assertEquals(3, source.tools().size());
        var thrown = assertThrows(IllegalStateException.class, source::close);
        assertSame(first, thrown);
        assertSame(second, thrown.getSuppressed()[0]);
        assertEquals(List.of("a", "b", "c"), closed);
    }

    @Test
    void aCatalogueIsOrderedByName() {
        Tool b = tool("b", Optional.empty());
        Tool a = tool("a", Optional.empty());
        ToolCatalogue catalogue = ToolCatalogue.of(List.of(b, a));
        assertEquals(List.of(a, b), catalogue.tools());
        assertEquals(Optional.of(b), catalogue.find("b"));
        assertEquals(Optional.empty(), catalogue.find("B"));
    }

    @Test
    void aSpecificationChecksItsNames() {
        for (String name : List.of("", "1a", "a b", "a.b", "ä", "_a")) {
            assertThrows(
                    IllegalArgumentException.class, () -> new ToolSpec(name, "d", Placement.NORMAL, List.of()), name);
        }
        MethodSpec method = new MethodSpec("m", "d", JsonObject.EMPTY, false, Optional.empty());
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> new ToolSpec("t", "d", Placement.NORMAL, List.of(method, method)));
        assertEquals("tool t has two methods of one name", e.getMessage());
        assertEquals(List.of(), method.parameterNames());
    }
}
