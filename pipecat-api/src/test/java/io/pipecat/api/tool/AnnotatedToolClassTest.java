package io.pipecat.api.tool;

import static io.pipecat.api.tool.Contexts.call;
import static io.pipecat.api.tool.Contexts.names;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonString;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which classes become tools, and why others do not. */
class AnnotatedToolClassTest {
    private static final String HERE = AnnotatedToolClassTest.class.getName() + "$";

    private static void assertRefused(String message, Object object) {
        var e = assertThrows(IllegalArgumentException.class, () -> Tool.annotated(object));
        assertEquals(message.replace("HERE$", HERE), e.getMessage());
    }

    public static class Unnamed {
        @ToolMethod("x")
        public void a() {}
    }

    @ToolInfo(name = "t", description = "d")
    public static class Empty {
        public void a() {}
    }

    @ToolInfo(name = "two words", description = "d")
    public static class BadName extends Unnamed {}

    @ToolInfo(name = "t", description = "d")
    public static class Overloaded {
        @ToolMethod("x")
        public void a(int b) {}

        @ToolMethod("x")
        public void a(String b) {}
    }

    @ToolInfo(name = "t", description = "d")
    public static class Hidden {
        @ToolMethod("x")
        void a() {}
    }

    @ToolInfo(name = "t", description = "d")
    public static class HiddenAbove extends Hidden {
        @ToolMethod("x")
        public void b() {}
    }

    @ToolInfo(name = "t", description = "d")
    public static class BadMethodName {
        @ToolMethod(value = "x", name = "a b")
        public void a() {}
    }

    @ToolInfo(name = "t", description = "d")
    public static class BadTimeout {
        @ToolMethod(value = "x", timeoutSeconds = -1)
        public void a() {}
    }

    @ToolInfo(name = "t", description = "d")
    public static class Twins {
        @ToolMethod("x")
        public void a(int fooBar, int foo_bar) {}
    }

    @Test
    void classesThatSayTooLittleOrTooMuch() {
        assertRefused("HERE$Unnamed has no @ToolInfo annotation", new Unnamed());
        assertRefused("HERE$Empty has no public method with @ToolMethod", new Empty());
        assertRefused(
                "HERE$BadName: a tool name is letters, digits, _ and -, starting with a letter; not 'two words'",
                new BadName());
        assertRefused(
                "HERE$Overloaded offers two methods as 'a': name one of them by @ToolMethod(name = …)",
                new Overloaded());
        assertRefused("make HERE$Hidden.a public: it has @ToolMethod", new Hidden());
        assertRefused("make HERE$Hidden.a public: it has @ToolMethod", new HiddenAbove());
        assertRefused(
                "a tool method's name is letters, digits, _ and -; not 'a b': give HERE$BadMethodName.a one by "
                        + "@ToolMethod(name = …)",
                new BadMethodName());
        assertRefused(
                "the timeoutSeconds of HERE$BadTimeout.a must be 0 (the node's default) or more, not -1",
                new BadTimeout());
        assertRefused("HERE$Twins.a takes two values that JSON calls 'foo_bar': rename one of them", new Twins());
    }

    record Node(String name, List<Node> children) {}

    record Ping(Optional<Pong> pong) {}

    record Pong(Map<String, Ping> pings) {}

    record Box<T>(T value) {}

    @ToolInfo(name = "t", description = "d")
    public static class Recursive {
        @ToolMethod("x")
        public void a(Node node) {}
    }

    @ToolInfo(name = "t", description = "d")
    public static class MutuallyRecursive {
        @ToolMethod("x")
        public void a(Ping ping) {}
    }

    @Test
    void recordsThatContainThemselves() {
        assertRefused(
                "HERE$Node(children) has the type HERE$Node, which contains itself; a schema cannot say that here: "
                        + "take a JsonObject or a JsonValue",
                new Recursive());
        assertRefused(
                "HERE$Pong(pings) has the type HERE$Ping, which contains itself; a schema cannot say that here: "
                        + "take a JsonObject or a JsonValue",
                new MutuallyRecursive());
    }

    @ToolInfo(name = "t", description = "d")
    public static class RawList {
        @ToolMethod("x")
        @SuppressWarnings("rawtypes") // that is what is tried
        public void a(List list) {}
    }

    @ToolInfo(name = "t", description = "d")
    public static class Wildcard {
        @ToolMethod("x")
        public void a(List<? extends Number> list) {}
    }

    @ToolInfo(name = "t", description = "d")
    public static class OwnGeneric {
        @ToolMethod("x")
        public void a(Box<String> box) {}
    }

    @ToolInfo(name = "t", description = "d")
    public static class GenericMethod {
        @ToolMethod("x")
        public <T> void a(T value) {}
    }

    @ToolInfo(name = "t", description = "d")
    public static class OddKeys {
        @ToolMethod("x")
        public void a(Map<Integer, String> map) {}
    }

    @ToolInfo(name = "t", description = "d")
    public static class Variadic {
        @ToolMethod("x")
        public void a(String... parts) {}
    }

    @ToolInfo(name = "t", description = "d")
    public static class OddType {
        @ToolMethod("x")
        public void a(Optional<Path> path) {}
    }

    @Test
    void typesThatHaveNoForm() {
        String end = ", which has no JSON form here; see Tool.annotated for the types that have one";
        assertRefused("HERE$RawList.a(list) has the type java.util.List" + end, new RawList());
        assertRefused("HERE$Wildcard.a(list) has the type ? extends java.lang.Number" + end, new Wildcard());
        assertRefused("HERE$OwnGeneric.a(box) has the type HERE$Box<java.lang.String>" + end, new OwnGeneric());
        assertRefused("HERE$GenericMethod.a(value) has the type T" + end, new GenericMethod());
        assertRefused(
                "HERE$OddKeys.a(map) has the type java.util.Map<java.lang.Integer, java.lang.String>" + end,
                new OddKeys());
        assertRefused("HERE$Variadic.a(parts) has the type java.lang.String[]" + end, new Variadic());
        assertRefused("HERE$OddType.a(path) has the type java.nio.file.Path" + end, new OddType());
    }

    @ToolInfo(name = "t", description = "d")
    public static class NoNumber {
        @ToolMethod("x")
        public void a(@ToolParam(defaultValue = "many") int count) {}
    }

    @ToolInfo(name = "t", description = "d")
    public static class NoInteger {
        @ToolMethod("x")
        public void a(@ToolParam(defaultValue = "1.5") int count) {}
    }

    @ToolInfo(name = "t", description = "d")
    public static class NoBoolean {
        @ToolMethod("x")
        public void a(@ToolParam(defaultValue = "yes") boolean flag) {}
    }

    enum Colour {
        RED
    }

    @ToolInfo(name = "t", description = "d")
    public static class NoConstant {
        @ToolMethod("x")
        public void a(@ToolParam(defaultValue = "blue") Colour colour) {}
    }

    @ToolInfo(name = "t", description = "d")
    public static class NoList {
        @ToolMethod("x")
        public void a(@ToolParam(defaultValue = "[]") List<String> list) {}
    }

    @Test
    void defaultsThatDoNotFit() {
        assertRefused("the default of HERE$NoNumber.a(count) is not a JSON number: many", new NoNumber());
        assertRefused(
                "the default of HERE$NoInteger.a(count) does not fit its type: it wants an integer in range for 'count', "
                        + "not 1.5",
                new NoInteger());
        assertRefused("the default of HERE$NoBoolean.a(flag) is neither true nor false: yes", new NoBoolean());
        assertRefused(
                "the default of HERE$NoConstant.a(colour) does not fit its type: it wants one of red for 'colour', not "
                        + "\"blue\"",
                new NoConstant());
        assertRefused(
                "the default of HERE$NoList.a(list) is of a type that takes none here: make the parameter an Optional",
                new NoList());
    }

    abstract static class Base<T> {
        @ToolMethod("From above.")
        public String inherited(String word) {
            return "base " + word;
        }

        @ToolMethod("Replaced.")
        public Object replaced(T value) {
            return "base";
        }

        @ToolMethod("No longer offered.")
        public String withdrawn() {
            return "base";
        }
    }

    interface Described {
        @ToolMethod("By default.")
        default String described() {
            return "default";
        }
    }

    @ToolInfo(name = "t", description = "d")
    public static class Derived extends Base<String> implements Described {
        @Override
        @ToolMethod("Replaces.")
        public String replaced(String value) {
            return "derived " + value;
        }

        @Override
        public String withdrawn() {
            return "derived";
        }
    }

    @Test
    void inheritedMethodsCountAndBridgesDoNot() throws Exception {
        Tool tool = Tool.annotated(new Derived());
        assertEquals(List.of("described", "inherited", "replaced"), names(tool));
        assertEquals("Replaces.", tool.spec().method("replaced").orElseThrow().description());
        assertEquals(new JsonString("base x"), call(tool, "inherited", "word", "x"));
        assertEquals(new JsonString("derived x"), call(tool, "replaced", "value", "x"));
        assertEquals(new JsonString("default"), call(tool, "described"));
        Contexts.fails(ToolException.Reason.NOT_OFFERED, tool, "withdrawn");
    }

    @ToolInfo(name = "t", description = "d")
    static final class LocalClass {
        @ToolMethod("x")
        public String a(Colour colour) {
            return colour.name();
        }
    }

    @Test
    void theClassItselfNeedNotBePublic() throws Exception {
        assertEquals(new JsonString("RED"), call(Tool.annotated(new LocalClass()), "a", "colour", "red"));
    }

    @ToolInfo(name = "t", description = "d")
    @SuppressWarnings("try") // an InterruptedException from close is what is tried
    public static class Stubborn implements AutoCloseable {
        private final Exception failure;

        Stubborn(Exception failure) {
            this.failure = failure;
        }

        @ToolMethod("x")
        public void a() {}

        @Override
        public void close() throws Exception {
            throw failure;
        }
    }

    @Test
    void whatClosingThrowsIsNotHidden() {
        var e = assertThrows(
                IllegalStateException.class,
                () -> Tool.annotated(new Stubborn(new IOException("stuck"))).close());
        assertEquals("closing the tool t failed: stuck", e.getMessage());
        assertThrows(
                IllegalStateException.class,
                () -> Tool.annotated(new Stubborn(new InterruptedException())).close());
        assertTrue(Thread.interrupted());
        var unchecked = new IllegalArgumentException("own");
        assertEquals(
                unchecked,
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Tool.annotated(new Stubborn(unchecked)).close()));
    }
}
