package io.pipecat.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.llm.FunctionSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionTableTest {
    private static TestTool tool(String name, String... methods) {
        TestTool tool = new TestTool(name);
        for (String method : methods) {
            tool.method(method, (arguments, context) -> JsonNumber.of(1));
        }
        return tool;
    }

    @Test
    void namesAreToolAndMethodInTheCataloguesOrder() {
        FunctionTable table = new FunctionTable(List.of(tool("calculator", "evaluate", "add"), tool("clock", "now")));
        assertEquals(
                List.of("calculator__evaluate", "calculator__add", "clock__now"),
                table.specs().stream().map(FunctionSpec::name).toList());
        assertEquals(
                "calculator.add", table.find("calculator__add").orElseThrow().label());
        assertTrue(table.find("calculator.add").isEmpty());
    }

    @Test
    void namesThatCollideAreKeptApartAndFoundAgain() {
        FunctionTable table =
                new FunctionTable(List.of(tool("a", "b__c"), tool("a__b", "c"), tool("x", "größe", "gr_ße", "gr__e")));
        assertEquals(
                List.of("a__b__c", "a__b__c_2", "x__gr__e", "x__gr__e_2", "x__gr__e_3"), List.copyOf(table.names()));
        assertEquals("a.b__c", table.find("a__b__c").orElseThrow().label());
        assertEquals("a__b.c", table.find("a__b__c_2").orElseThrow().label());
        assertEquals("x.gr_ße", table.find("x__gr__e_2").orElseThrow().label());
    }

    @Test
    void longNamesAreShortenedAndStayTheSame() {
        String stem = "m".repeat(80);
        FunctionTable table = new FunctionTable(List.of(tool("tool", stem + "1", stem + "2")));
        FunctionTable alone = new FunctionTable(List.of(tool("tool", stem + "2")));
        List<String> names = List.copyOf(table.names());
        assertEquals(2, names.size());
        assertTrue(names.stream().allMatch(name -> name.matches("[a-zA-Z0-9_-]{1,64}")), names::toString);
        assertEquals(names.get(1), alone.names().iterator().next());
        assertEquals(
                "tool." + stem + "2", table.find(names.get(1)).orElseThrow().label());
    }

    @Test
    void specsCarryDescriptionAndSchema() {
        FunctionSpec spec =
                new FunctionTable(List.of(tool("clock", "now"))).specs().getFirst();
        assertEquals("Does now.", spec.description());
        assertEquals(TestTool.ANYTHING, spec.parameters());
    }
}
