package io.pipecat.llm.openai;

import mockwebserver3.MockResponse;

/** Chunks as servers send them. */
final class Sse {
    static final String DONE = "data: [DONE]\n\n";
    static final String STOP = choice("{}", "\"stop\"");

    private Sse() {}

    static String data(String json) {
        return "data: " + json + "\n\n";
    }

    static String choice(String delta, String finish) {
        return data(
                "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"served\",\"choices\":[{\"index\":0,\"delta\":"
                        + delta + ",\"finish_reason\":" + finish + "}]}");
    }

    static String delta(String delta) {
        return choice(delta, "null");
    }

    static String text(String jsonText) {
        return delta("{\"content\":\"" + jsonText + "\"}");
    }

    static MockResponse stream(String... events) {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "text/event-stream")
                .chunkedBody(String.join("", events), 7)
                .build();
    }

    static MockResponse status(int code, String body) {
        return new MockResponse.Builder().code(code).body(body).build();
    }
}
