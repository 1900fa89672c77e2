package io.pipecat.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How it looks, in the dark and by day, on a desk and on a phone; and that nobody is shut out. */
class LookTest extends BrowserTest {
    private static final String RICH = """
            ### A plan

            With **weight**, *stress*, `code` and a [source](https://example.org/a).

            1. First
            2. Then
               - a detail

            | Room | Light |
            | --- | --: |
            | Kitchen | 80 % |

            ```python
            print('hello')
            ```

            > A quote.
            """;

    private Tab tab;
    private String scheme = "";

    private void look(String name) throws IOException {
        tab.screenshot(scheme + "-" + name);
        tab.page().evaluate(Files.readString(Chromium.axe()));
        Object found = tab.page()
                .evaluate(
                        "async () => (await axe.run()).violations.filter(v => ['serious', 'critical'].includes(v.impact))"
                                + ".map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + n.failureSummary).join('; '))");
        assertEquals(List.of(), found, scheme + " " + name);
    }

    private WebNode scripted() throws IOException {
        ScriptedModel model = closing(new ScriptedModel())
                .says("plan", RICH)
                .calls("sum", "calculator__evaluate", "{\"expression\":\"17 * 23\"}", "It is 391.")
                .calls("write", "files__write", "{\"path\":\"note.txt\",\"content\":\"x\"}", "Done.");
        return node(model);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void everyPanelOnADesk(ColorScheme colors) throws Exception {
        scheme = colors.name().toLowerCase(Locale.ROOT);
        tab = closing(Tab.desktop(chromium(), scripted().url(), colors));
        assertThat(tab.find(".device").first()).isVisible();
        look("welcome");
        tab.say("the sum");
        tab.answers("391");
        tab.find("details.tool summary").first().click();
        tab.say("the plan");
        tab.answers("A quote.");
        look("house");
        tab.find("#tab-node").click();
        assertThat(tab.find(".parts-list li").first()).isVisible();
        assertTrue(tab.find(".health li").count() > 0, "what the node leans on");
        look("node");
        tab.find("#tab-metrics").click();
        assertThat(tab.find(".metric").first()).isVisible();
        look("metrics");
        tab.find("#tab-logs").click();
        assertThat(tab.find(".log-lines li[data-level=info]").first()).isVisible();
        look("logs");
        tab.say("write a note");
        assertThat(tab.find(".approval")).isVisible();
        look("approval");
        tab.find("[data-decision=deny]").click();
        tab.answers("Done.");
        tab.find("[aria-label='Keyboard shortcuts (?)']").click();
        look("shortcuts");
        tab.page().keyboard().press("Escape");
        tab.find(".conversations button").first().click();
        look("menu");
        tab.find("[role=menuitem] >> text=Delete").click();
        look("delete");
        tab.assertQuiet();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void onAPhone(ColorScheme colors) throws Exception {
        scheme = "phone-" + colors.name().toLowerCase(Locale.ROOT);
        tab = closing(Tab.phone(chromium(), scripted().url(), colors));
        assertThat(tab.find("#sidebar")).not().isInViewport();
        look("welcome");
        tab.say("the plan");
        tab.answers("A quote.");
        look("chat");
        assertEquals(
                true, tab.page().evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out");
        tab.find("[aria-label=Conversations][aria-expanded]").tap();
        assertThat(tab.find("#sidebar")).isInViewport();
        assertThat(tab.find(".conversations li[data-id]")).hasCount(1);
        look("conversations");
        tab.find(".conversations a").tap();
        assertThat(tab.find("#sidebar")).not().isInViewport();
        tab.find("[aria-label='This node (p)']").tap();
        tab.find("[data-device=kitchen_light] [role=switch]").tap();
        assertThat(tab.find("[data-device=kitchen_light] [role=switch]")).hasAttribute("aria-checked", "true");
        look("house");
        tab.find("[aria-label='Close the panel']").tap();
        assertThat(tab.find("#prompt")).isInViewport();
        tab.assertQuiet();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void theOtherSchemeCanBeChosenAndIsRemembered(ColorScheme colors) throws Exception {
        tab = closing(Tab.desktop(chromium(), node().url(), colors));
        String before = background();
        tab.find("[aria-label='Dark or light (t)']").click();
        String after = background();
        assertTrue(!before.equals(after), before);
        tab.page().reload();
        assertThat(tab.find(".brand")).isVisible();
        assertEquals(after, background());
        tab.assertQuiet();
    }

    private String background() {
        return (String) tab.page().evaluate("getComputedStyle(document.body).backgroundColor");
    }
}
