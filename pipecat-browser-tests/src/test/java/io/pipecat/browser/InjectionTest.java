package io.pipecat.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A model, a tool or a person may say what it wants: none of it becomes a part of the page. */
class InjectionTest extends BrowserTest {
    private static final String HTML = "<script>window.ran = 1</script><img src=x onerror='window.ran = 2'>"
            + "<svg onload='window.ran = 3'></svg><iframe srcdoc='<script>parent.ran = 4</script>'></iframe>"
            + "<a href='javascript:window.ran = 5'>press</a><style>body{display:none}</style>"
            + "<link rel=stylesheet href='https://evil.example/x.css'><meta http-equiv=refresh content='0;url=https://evil.example'>";
    private static final String MARKDOWN =
            "[one](javascript:window.ran=6) [two](JaVaScRiPt:window.ran=7) [three](java\tscript:window.ran=8)"
                    + " [four](data:text/html,<script>window.ran=9</script>) [five](vbscript:x) ![six](https://evil.example/pixel.png)"
                    + " ![seven](javascript:window.ran=10) <javascript:window.ran=11> [eight](https://evil.example/\"onmouseover=\"window.ran=12)"
                    + " [bank.example](https://evil.example/login)\n\n| <img src=x onerror=window.ran=13> | b |\n| --- | --- |\n| <script>window.ran=14</script> | d |\n\n"
                    + "```<script>\nwindow.ran = 15\n</script>\n```\n\n# <img src=x onerror=window.ran=16>\n\n- <svg/onload=window.ran=17>\n\n> <b>q</b>\n\nThe end.";

    private static void assertHarmless(Tab tab) {
        assertEquals(null, tab.page().evaluate("window.ran"));
        Locator log = tab.find(".log");
        assertThat(log.locator("script, img, iframe, style, link, meta, object, embed, form"))
                .hasCount(0);
        assertThat(log.locator("svg:not(.icon)")).hasCount(0);
        assertEquals(
                true,
                tab.page()
                        .evaluate(
                                "() => [...document.querySelectorAll('.log *')].every(e => [...e.attributes].every(a => !a.name.startsWith('on')))"));
        assertEquals(
                true,
                tab.page()
                        .evaluate(
                                "() => [...document.querySelectorAll('.log a')].every(a => /^(https?|mailto):/.test(a.href)"
                                        + " && a.rel.includes('noopener') && a.target === '_blank')"));
        tab.assertQuiet();
    }

    @Test
    void whatAModelSaysStaysText() throws Exception {
        ScriptedModel model = closing(new ScriptedModel().says("attack", HTML, "\n\n", MARKDOWN));
        Tab tab = tab(node(model));
        tab.say("attack");
        tab.answers("The end.");
        assertThat(tab.latest().locator(".prose")).containsText("<script>window.ran = 1</script>");
        // Where a link leads is to be seen beside what it claims.
        assertThat(tab.latest().locator(".prose")).containsText("bank.example (evil.example/login)");
        assertThat(tab.latest().locator(".prose")).containsText("image: six (evil.example/pixel.png)");
        for (String name : new String[] {"one", "two", "three", "four", "five"}) {
            assertThat(tab.latest().locator("a >> text=/^" + name + "$/")).hasCount(0);
        }
        assertHarmless(tab);
        tab.screenshot("injection");
        tab.page().reload();
        tab.answers("The end.");
        assertHarmless(tab);
    }

    @Test
    void itStaysTextHoweverItArrives() throws Exception {
        // Letter by letter, so that every beginning of a tag or a link is rendered once.
        ScriptedModel model = closing(new ScriptedModel().says("attack", (HTML + "\n\n" + MARKDOWN).split("")));
        Tab tab = tab(node(model));
        tab.say("attack");
        tab.answers("The end.");
        assertHarmless(tab);
    }

    @Test
    void whatAToolGivesAndWhatItIsGivenStaysText() throws Exception {
        ScriptedModel model = closing(new ScriptedModel());
        Tab tab = tab(node(model));
        Path file = Files.writeString(folder().resolve("work").resolve("attack.txt"), HTML + "\n" + MARKDOWN);
        model.calls(
                "read it",
                "files__read",
                "{\"path\":\"" + file + "\",\"<img src=x onerror='window.ran = 18'>\":\""
                        + "<script>window.ran = 19</script>\"}",
                "The end.");
        model.calls("read again", "files__read", "{\"path\":\"" + file + "\"}", "The end.");
        tab.say("read it");
        tab.answers("The end.");
        tab.say("read again");
        tab.answers("The end.");
        Locator tool = tab.latest().locator("details.tool");
        tool.locator("summary").click();
        assertThat(tool.locator(".tool-body")).containsText("onerror='window.ran = 2'");
        assertHarmless(tab);
    }

    @Test
    void aNameThatNobodyHasStaysText() throws Exception {
        ScriptedModel model = closing(
                new ScriptedModel().calls("go", "<img src=x onerror='window.ran = 20'>", "not even JSON", "The end."));
        Tab tab = tab(node(model));
        tab.say("go");
        tab.answers("The end.");
        assertHarmless(tab);
    }

    @Test
    void whatAPersonSaysAndHowAConversationIsCalledStaysText() throws Exception {
        ScriptedModel model = closing(new ScriptedModel().says("onerror", "The end."));
        Tab tab = tab(node(model));
        tab.say(HTML);
        tab.answers("The end.");
        assertThat(tab.find(".conversations img, .conversations script, #bar img"))
                .hasCount(0);
        assertHarmless(tab);
        tab.page().reload();
        tab.answers("The end.");
        assertHarmless(tab);
    }
}
