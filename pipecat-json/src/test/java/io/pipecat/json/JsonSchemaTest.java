package io.pipecat.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSchemaTest {

    private static List<String> check(String value, String schema) throws JsonException {
        return JsonSchema.check(Json.parse(value), Json.parseObject(schema));
    }

    /** One problem, or none where the last column is empty. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                // type
                "{}    | {'type':'object'}  |",
                "[]    | {'type':'object'}  | the value must be an object, not []",
                "[]    | {'type':'array'}   |",
                "1     | {'type':'array'}   | the value must be an array, not 1",
                "'a'   | {'type':'string'}  |",
                "null  | {'type':'string'}  | the value must be a string, not null",
                "1.5   | {'type':'number'}  |",
                "'1'   | {'type':'number'}  | the value must be a number, not '1'",
                "1.0   | {'type':'integer'} |",
                "1e2   | {'type':'integer'} |",
                "0.0   | {'type':'integer'} |",
                "1.5   | {'type':'integer'} | the value must be an integer, not 1.5",
                "1e-999999999 | {'type':'integer'} | the value must be an integer, not 1e-999999999",
                "true  | {'type':'boolean'} |",
                "1     | {'type':'boolean'} | the value must be true or false, not 1",
                "null  | {'type':'null'}    |",
                "0     | {'type':'null'}    | the value must be null, not 0",
                "null  | {'type':['integer','null']} |",
                "'x'   | {'type':['integer','null']} | the value must be an integer or null, not 'x'",
                "1     | {'type':'file'}    |",
                "1     | {'type':[]}        |",
                // properties, required, additionalProperties
                "{'a':1}       | {'properties':{'a':{'type':'number'}}} |",
                "{'a':'x'}     | {'properties':{'a':{'type':'number'}}} | 'a' must be a number, not 'x'",
                "{'b':1}       | {'properties':{'a':{}}} |",
                "{}            | {'required':['a']} | 'a' is missing",
                "{'a':null}    | {'required':['a']} |",
                "{'c':1}       | {'properties':{'a':{},'b':{}},'additionalProperties':false} | 'c' is not expected; there is a, b",
                "{'c':1}       | {'additionalProperties':false} | 'c' is not expected",
                "{'c':'x'}     | {'additionalProperties':{'type':'number'}} | 'c' must be a number, not 'x'",
                "{'a':'x'}     | {'properties':{'a':{}},'additionalProperties':{'type':'number'}} |",
                "{'a':1}       | {'properties':{'a':false}} | 'a' is not expected",
                "{'a':1}       | {'properties':{'a':true}} |",
                "{'o':{'p':{}}}| {'properties':{'o':{'properties':{'p':{'required':['q']}}}}} | 'o.p.q' is missing",
                // items, minItems, maxItems
                "[1,'x']       | {'items':{'type':'number'}} | '[1]' must be a number, not 'x'",
                "{'l':[{},{}]} | {'properties':{'l':{'items':{'maxItems':1}}}} |",
                "{'l':[[],[1]]}| {'properties':{'l':{'items':{'maxItems':0}}}} | 'l[1]' must be at most 0 elements, not 1",
                "[]            | {'minItems':1} | the value must be at least 1 elements, not 0",
                "[1]           | {'items':false} | '[0]' is not expected",
                // enum, const
                "'a'   | {'enum':['a','b']} |",
                "'c'   | {'enum':['a','b']} | the value must be one of 'a', 'b', not 'c'",
                "1.0   | {'enum':[1]} |",
                "[1.0,{'a':2e0}] | {'enum':[[1,{'a':2}]]} |",
                "[1,2] | {'const':[1]} | the value must be [1], not [1,2]",
                "{'a':1,'b':2} | {'const':{'b':2,'a':1}} |",
                "{'a':1} | {'const':{'b':1}} | the value must be {'b':1}, not {'a':1}",
                "null  | {'const':null} |",
                // minimum, maximum
                "1     | {'minimum':1,'maximum':1} |",
                "0.9   | {'minimum':1} | the value must be at least 1, not 0.9",
                "1e2   | {'maximum':99.5} | the value must be at most 99.5, not 1e2",
                "1e999999999  | {'maximum':1e-999999999} | the value must be at most 1e-999999999, not 1e999999999",
                "-1e999999999 | {'maximum':1e999999999} |",
                "0e999999999  | {'minimum':0,'maximum':0,'type':'integer'} |",
                "5     | {'minimum':'x'} |",
                // minLength, maxLength, in code points
                "'😀😀' | {'minLength':2,'maxLength':2} |",
                "'ab'  | {'maxLength':1} | the value must be at most 1 characters, not 2",
                "''    | {'minLength':1} | the value must be at least 1 characters, not 0",
                // anyOf, oneOf
                "1     | {'anyOf':[{'type':'integer'},{'type':'null'}]} |",
                "null  | {'anyOf':[{'type':'integer'},{'type':'null'}]} |",
                "'x'   | {'anyOf':[{'type':'integer'},{'type':'null'}]} | the value must be an integer or null, not 'x'",
                "0     | {'anyOf':[{'type':'integer','minimum':1},{'type':'null'}]} | the value must be at least 1, not 0",
                "5     | {'anyOf':[{'maximum':3},{'minimum':7}]} | the value fits none of the allowed forms: 5",
                "5     | {'anyOf':[true]} |",
                "5     | {'anyOf':[false]} | the value is not expected",
                "5     | {'anyOf':[]} |",
                "5     | {'oneOf':[{'type':'integer'},{'type':'string'}]} |",
                "5     | {'oneOf':[{'type':'integer'},{'type':'number'}]} | the value fits more than one of the allowed forms: 5",
                // notes
                "5     | {'pattern':'x','$ref':'#/y','multipleOf':2,'format':'email','title':7} |",
            })
    void checksEachKeyword(String value, String schema, String problem) throws JsonException {
        List<String> expected = problem == null ? List.of() : List.of(problem.replace('\'', '"'));
        List<String> found = check(value.replace('\'', '"'), schema.replace('\'', '"'));
        assertEquals(expected, found.stream().map(p -> p.replace('\'', '"')).toList());
    }

    @Test
    void quotesNamesAndShowsValuesAsJson() throws JsonException {
        assertEquals(
                List.of("'a' must be a number, not \"x\""),
                check("{\"a\":\"x\"}", "{\"properties\":{\"a\":{\"type\":\"number\"}}}"));
    }

    @Test
    void reportsSeveralProblemsButNotEndlessly() throws JsonException {
        assertEquals(
                List.of("'a' is missing", "'b' must be a string, not 1"),
                check("{\"b\":1}", "{\"required\":[\"a\"],\"properties\":{\"b\":{\"type\":\"string\"}}}"));
        assertEquals(
                8,
                check("[1,2,3,4,5,6,7,8,9]", "{\"items\":{\"type\":\"string\"}}")
                        .size());
        assertEquals(
                8,
                check("{}", "{\"required\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\"]}")
                        .size());
    }

    @Test
    void cutsLongValuesBetweenCharacters() throws JsonException {
        String value = "\"" + "x".repeat(58) + "😀😀\"";
        assertEquals(
                List.of("the value must be a number, not \"" + "x".repeat(58) + "…"),
                check(value, "{\"type\":\"number\"}"));
    }

    @Test
    void nestedChoicesTakeNoLongerThanTheSchema() throws JsonException {
        String schema = "{\"type\":\"string\"}";
        for (int i = 0; i < 30; i++) {
            schema = "{\"anyOf\":[" + schema + "]}";
        }
        JsonValue value = Json.parse("1");
        assertEquals(List.of("the value must be a string, not 1"), check(value.toString(), schema));
    }

    @Test
    void settlesWhatIsMeant() throws Exception {
        JsonObject schema = Json.parseObject("{\"type\":\"object\",\"required\":[\"must\"],\"properties\":{"
                + "\"must\":{\"type\":\"string\"},\"may\":{\"type\":\"string\"},"
                + "\"nullable\":{\"type\":[\"string\",\"null\"]},\"any\":{},"
                + "\"mode\":{\"enum\":[\"on\",\"Off\"]},"
                + "\"inner\":{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"integer\"}}},"
                + "\"list\":{\"items\":{\"enum\":[\"a\"]}}}}");
        assertEquals(
                "{\"must\":null,\"nullable\":null,\"any\":null,\"mode\":\"Off\",\"inner\":{},\"list\":[\"a\",\"b\",1],"
                        + "\"unknown\":null}",
                JsonSchema.settled(
                                Json.parseObject("{\"must\":null,\"may\":null,\"nullable\":null,\"any\":null,"
                                        + "\"mode\":\"OFF\",\"inner\":{\"x\":null},\"list\":[\"A\",\"b\",1],"
                                        + "\"unknown\":null}"),
                                schema)
                        .toString());
    }
}
