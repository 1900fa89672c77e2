import io.pipecat.api.tool.ToolProvider;
import io.pipecat.tools.web.WebToolProvider;

/**
 * The tool {@code web}: pages of the public web as readable text. Addresses that are not public are out of its reach unless the
 * setting {@code web_allow_private} names them. It is found through its {@link ToolProvider}; nothing here is called directly, so
 * nothing is exported.
 */
module io.pipecat.tools.web {
    requires io.pipecat.api;
    // Pages in Shift_JIS, GB18030, Big5 and the like: named here so that a linked image has them too.
    requires jdk.charsets;
    requires okhttp3;
    requires org.jsoup;
    requires static org.jspecify;

    opens io.pipecat.tools.web to
            io.pipecat.api;

    provides ToolProvider with
            WebToolProvider;
}
