package io.pipecat.llm.local.chat;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What every piece of a model in process passes through. */
@State(Scope.Benchmark)
public class CallBenchmark {
    private final List<String> text = pieces("The kitchen light is on and the window in the bedroom is closed. ");
    private final List<String> call =
            pieces("<tool_call>\n{\"name\": \"calculator__evaluate\", \"arguments\": {\"expression\": \"17 * 23\"}}\n</tool_call>");

    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < text.length(); i += 3) {
            pieces.add(text.substring(i, Math.min(text.length(), i + 3)));
        }
        return pieces;
    }

    private static void parse(List<String> pieces, Blackhole out) {
        CallParser parser = new CallParser(new HermesFormat().syntax(), new CallParser.Handler() {
            @Override
            public void text(String text) {
                out.consume(text);
            }

            @Override
            public boolean call(String body, boolean certain) {
                out.consume(body);
                return true;
            }
        });
        pieces.forEach(parser::accept);
        parser.end();
    }

    @Benchmark
    public void textOf22Pieces(Blackhole out) {
        parse(text, out);
    }

    @Benchmark
    public void callOf37Pieces(Blackhole out) {
        parse(call, out);
    }
}
