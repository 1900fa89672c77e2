package io.pipecat.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** A node with keys asks for one, and a browser that gave it once is not asked again. */
class KeyTest extends BrowserTest {
    private static final String KEY = "correct horse battery staple";

    @Test
    void asksForTheKeyOnce() throws Exception {
        String digest = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(KEY.getBytes(StandardCharsets.UTF_8)));
        WebNode node =
                closing(new WebNode(folder()).with("PIPECAT_API_KEYS", digest)).start();
        // Chromium notes each refusal in its console.
        Tab tab = tab(node).tolerating("401");
        assertThat(tab.find("dialog")).containsText("asks for a key");
        assertThat(tab.find("dialog")).hasCount(1);
        tab.screenshot("key");
        tab.page().keyboard().press("Escape");
        assertThat(tab.find("dialog")).isVisible();
        tab.page().fill("#key", "a wrong one");
        tab.page().keyboard().press("Enter");
        assertThat(tab.find("dialog .error")).containsText("does not know this key");
        tab.page().fill("#key", KEY);
        tab.page().keyboard().press("Enter");
        assertThat(tab.find("dialog")).hasCount(0);
        assertThat(tab.find(".device").first()).isVisible();
        tab.say("What is 6 * 7?");
        tab.answers("42");
        assertEquals("", tab.page().evaluate("document.cookie"), "no script reads it");
        tab.page().reload();
        tab.answers("42");
        assertThat(tab.find("dialog")).hasCount(0);
        tab.find("[aria-label^=Lock]").click();
        assertThat(tab.find("dialog")).containsText("asks for a key");
        assertThat(tab.find(".turn")).hasCount(0);
        tab.assertQuiet();
    }
}
