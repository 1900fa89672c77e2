package io.pipecat.llm.openai;

import io.pipecat.api.json.JsonObject;
import io.pipecat.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What every token of a remote model passes through. */
@State(Scope.Benchmark)
public class StreamBenchmark {
    private final byte[] chunk =
            ("data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                            + "\"delta\":{\"content\":\" token\"},\"finish_reason\":null}]}\n\n")
                    .getBytes(StandardCharsets.UTF_8);
    private final SseParser parser = new SseParser();
    private final List<JsonObject> fragments = new ArrayList<>();

    @Setup
    public void read() throws Exception {
        fragments.add(Json.parseObject(
                "{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"calculator__evaluate\",\"arguments\":\"\"}}"));
        for (String piece : List.of("{\\\"expr", "ession\\\":", " \\\"17 ", "* 23", "\\\"}")) {
            fragments.add(Json.parseObject("{\"index\":0,\"function\":{\"arguments\":\"" + piece + "\"}}"));
        }
    }

    @Benchmark
    public Object sseEvent() throws Exception {
        return parser.feed(chunk, chunk.length);
    }

    @Benchmark
    public Object toolCallInSixFragments() throws Exception {
        ToolCallAssembler assembler = new ToolCallAssembler();
        for (JsonObject fragment : fragments) {
            assembler.fragment(fragment);
        }
        return assembler.calls(Set.of());
    }
}
