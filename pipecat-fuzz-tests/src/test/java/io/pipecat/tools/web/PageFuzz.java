package io.pipecat.tools.web;

import io.pipecat.api.tool.ToolException;
import io.pipecat.fuzz.Input;
import java.util.List;

/** A page of the web, whatever it says it is. */
public final class PageFuzz {

    private PageFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) throws InterruptedException {
        List<byte[]> parts = Input.rawParts(data, 3);
        try {
            ContentType type = ContentType.of(Input.text(parts.get(1)));
            Article article = Article.of(Decoder.decode(parts.get(2), type), "http://a.example/");
            Input.check("a text", article.text() != null);
        } catch (Fetched.UnreadableException e) {
            Input.check("a NUL in it", e != null);
        }
        try {
            Input.check(
                    "a web address",
                    Urls.parse(Input.text(parts.get(0))).scheme().startsWith("http"));
        } catch (ToolException e) {
            Input.check("a reason", e.getMessage() != null);
        }
    }
}
