package io.pipecat.llm.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipecat.api.llm.ToolCall;
import io.pipecat.json.Json;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ToolCallAssemblerTest {
    private static List<ToolCall> assemble(String... fragments) throws Exception {
        ToolCallAssembler assembler = new ToolCallAssembler();
        for (String fragment : fragments) {
            assembler.fragment(Json.parseObject(fragment.replace('\'', '"')));
        }
        return assembler.calls(Set.of());
    }

    private static String call(String head, String name, String arguments) {
        return "{" + head + "'function':{'name':'" + name + "','arguments':" + arguments + "}}";
    }

    private static String more(String head, String arguments) {
        return "{" + head + "'function':{'arguments':" + arguments + "}}";
    }

    private static final List<ToolCall> TWO =
            List.of(new ToolCall("a", "f", "{\"x\":1}"), new ToolCall("b", "f", "{\"x\":2}"));

    @Test
    void byIndex() throws Exception {
        assertEquals(
                TWO,
                assemble(
                        call("'index':0,'id':'a',", "f", "''"),
                        more("'index':0,", "'{\\'x'"),
                        more("'index':0,", "'\\':1}'"),
                        call("'index':1,'id':'b',", "f", "'{'"),
                        more("'index':1,", "'\\'x\\':2}'")));
    }

    @Test
    void withoutIndexByNewId() throws Exception {
        assertEquals(
                TWO,
                assemble(
                        call("'id':'a',", "f", "'{\\'x\\':'"),
                        more("", "'1}'"),
                        call("'id':'b',", "f", "''"),
                        more("'id':'',", "'{\\'x\\':2}'")));
    }

    @Test
    void withoutIndexAndIdRepeatedInEachFragment() throws Exception {
        assertEquals(
                TWO,
                assemble(
                        call("'id':'a',", "f", "'{\\'x\\':'"),
                        call("'id':'b',", "f", "'{\\'x\\':'"),
                        more("'id':'a',", "'1}'"),
                        more("'id':'b',", "'2}'")));
    }

    @Test
    void withTheSameIndexForAll() throws Exception {
        assertEquals(
                TWO,
                assemble(
                        call("'index':0,'id':'a',", "f", "'{\\'x\\':1}'"),
                        call("'index':0,'id':'b',", "f", "'{\\'x\\':2}'")));
    }

    @Test
    void withNameAndIdInEachFragment() throws Exception {
        assertEquals(
                TWO.subList(0, 1),
                assemble(
                        call("'index':0,'id':'a',", "f", "''"),
                        call("'index':0,'id':'a',", "f", "'{\\'x\\':'"),
                        call("'index':0,'id':'a',", "f", "'1}'"),
                        call("'index':0,'id':'a',", "f", "''")));
    }

    @Test
    void wholeAndWithoutIndexAndId() throws Exception {
        assertEquals(
                List.of(
                        new ToolCall("call00000", "f", "{\"x\":1}"),
                        new ToolCall("call00001", "f", "{\"x\":2}"),
                        new ToolCall("call00002", "g", "{}")),
                assemble(
                        call("", "f", "{'x':1}"),
                        call("'id':'','index':0,", "f", "'{\\'x\\':2}'"),
                        call("'id':null,", "g", "null")));
    }

    @Test
    void withTheSameIdTwice() throws Exception {
        assertEquals(
                List.of(new ToolCall("a", "f", "{}"), new ToolCall("call00001", "g", "{}")),
                assemble(call("'index':0,'id':'a',", "f", "'{}'"), call("'index':1,'id':'a',", "g", "'{}'")));
    }

    @Test
    void withANameInPieces() throws Exception {
        assertEquals(
                List.of(new ToolCall("a", "get_time", "{}")),
                assemble(
                        call("'index':0,'id':'a',", "get_", "''"),
                        call("'index':0,", "time", "''"),
                        more("'index':0,", "'{}'")));
    }

    @Test
    void withTheIdLate() throws Exception {
        assertEquals(
                List.of(new ToolCall("a", "f", "{}")),
                assemble(call("'index':0,", "f", "''"), more("'index':0,'id':'a',", "'{}'")));
    }

    @Test
    void withoutTheWrapping() throws Exception {
        assertEquals(
                List.of(new ToolCall("a", "f", "{\"x\":1}")), assemble("{'id':'a','name':'f','arguments':{'x':1}}"));
    }

    @Test
    void keepsWhatIsMalformedAndUnknown() throws Exception {
        assertEquals(List.of(new ToolCall("a", "", "{\"x\"")), assemble(call("'id':'a',", "", "'{\\'x\\''")));
        assertEquals(List.of(), assemble("{'index':0}", "{'id':'','function':{}}"));
    }

    @Test
    void neverRepeatsAnIdOfTheConversation() throws Exception {
        ToolCallAssembler assembler = new ToolCallAssembler();
        assembler.fragment(Json.parseObject("{\"id\":\"call_0\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}"));

        assertEquals(
                "call00003",
                assembler.calls(Set.of("call_0", "call00002")).getFirst().id());
    }

    @Test
    void doesNotCollectForEver() {
        ToolCallAssembler assembler = new ToolCallAssembler();
        assertThrows(BadAnswerException.class, () -> {
            for (int i = 0; i < 1000; i++) {
                assembler.fragment(Json.parseObject("{\"index\":" + i + ",\"function\":{\"name\":\"f\"}}"));
            }
        });
    }
}
