package io.pipecat.tools.web;

import io.pipecat.api.tool.ToolException;
import io.pipecat.fuzz.Input;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A page of the web, whatever it says it is. */
public final class PageFuzz {

    private PageFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) throws InterruptedException {
        List<String> parts = Input.parts(data, 3);
        try {
            byte[] page = parts.get(2).getBytes(StandardCharsets.UTF_8);
            Article article = Article.of(Decoder.decode(page, ContentType.of(parts.get(1))), "http://a.example/");
            Input.check("a text", article.text() != null);
        } catch (Fetched.UnreadableException e) {
            Input.check("a NUL in it", e != null);
        }
        try {
            Input.check("a web address", Urls.parse(parts.get(0)).scheme().startsWith("http"));
        } catch (ToolException e) {
            Input.check("a reason", e.getMessage() != null);
        }
    }
}
