package io.pipecat.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Keyboard;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything without a mouse. */
class KeyboardTest extends BrowserTest {
    private Tab tab;
    private Keyboard keys;

    @BeforeEach
    void start() throws Exception {
        tab = tab(node());
        keys = tab.page().keyboard();
        assertThat(tab.find("#prompt")).isFocused();
    }

    private void leaveTheField() {
        tab.find("#prompt").blur();
    }

    @Test
    void aConversationFromBeginningToEnd() {
        keys.type("What is 6 * 7?");
        keys.press("Enter");
        tab.answers("42");
        assertThat(tab.find("#prompt")).isFocused();
        keys.type("one line");
        keys.press("Shift+Enter");
        keys.type("and another");
        assertThat(tab.find("#prompt")).hasValue("one line\nand another");
        keys.press("Control+a");
        keys.press("Delete");
        // To the list, into the menu of the first entry, and its name.
        leaveTheField();
        keys.press("/");
        assertThat(tab.find("[aria-label='Search conversations']")).isFocused();
        keys.press("Tab");
        assertThat(tab.find(".conversations a")).isFocused();
        keys.press("Tab");
        keys.press("Enter");
        assertThat(tab.find("[role=menuitem]").first()).isFocused();
        keys.press("Escape");
        assertThat(tab.find(".conversations button")).isFocused();
        keys.press("Enter");
        keys.press("Enter");
        assertThat(tab.find("dialog input")).isFocused();
        keys.type("Seven times six");
        keys.press("Enter");
        assertThat(tab.find(".conversations .title")).hasText("Seven times six");
        // Deleting asks, and Escape means no.
        tab.find(".conversations button").focus();
        keys.press("Enter");
        keys.press("End");
        keys.press("Enter");
        assertThat(tab.find("dialog")).isVisible();
        keys.press("Escape");
        assertThat(tab.find(".conversations li[data-id]")).hasCount(1);
        tab.assertQuiet();
    }

    @Test
    void shortcutsAndTheirList() throws Exception {
        leaveTheField();
        keys.press("?");
        assertThat(tab.find("dialog")).containsText("Keyboard");
        tab.screenshot("shortcuts");
        keys.press("Escape");
        assertThat(tab.find("dialog")).hasCount(0);
        keys.press("3");
        assertThat(tab.find("#tab-metrics")).isFocused();
        keys.press("ArrowLeft");
        assertThat(tab.find("#tab-node")).isFocused();
        assertThat(tab.find("#view-node")).isVisible();
        keys.press("p");
        assertThat(tab.find("#panel")).isHidden();
        keys.press("p");
        assertThat(tab.find("#panel")).isVisible();
        keys.press("c");
        assertThat(tab.find("#prompt")).isFocused();
        keys.type("n p ? t");
        assertThat(tab.find("#prompt")).hasValue("n p ? t");
        tab.assertQuiet();
    }

    @Test
    void theHouse() {
        tab.find("[data-device=coffee_machine] [role=switch]").focus();
        keys.press("Space");
        assertThat(tab.find("[data-device=coffee_machine] [role=switch]")).hasAttribute("aria-checked", "true");
        tab.find("[data-device=reading_lamp] input").focus();
        keys.press("Home");
        assertThat(tab.find("[data-device=reading_lamp] .number")).hasText("0 %");
        tab.assertQuiet();
    }

    @Test
    void theFirstTabSkipsToTheField() {
        tab.page().reload();
        assertThat(tab.find("#prompt")).isFocused();
        leaveTheField();
        tab.page().evaluate("document.querySelector('.skip').focus()");
        assertThat(tab.find(".skip")).isInViewport();
        keys.press("Enter");
        assertThat(tab.find("#prompt")).isFocused();
        tab.assertQuiet();
    }

    @Test
    void whereverTheFocusGoesItIsSeen() {
        leaveTheField();
        String last = "";
        int stops = 0;
        for (int i = 0; i < 60; i++) {
            keys.press("Tab");
            Object seen = tab.page()
                    .evaluate(
                            "() => { const e = document.activeElement; if (e === document.body) return 'body';"
                                    + " const box = e.closest('.field') ?? e; const s = getComputedStyle(box), own = getComputedStyle(e);"
                                    + " const shown = own.outlineStyle !== 'none' && parseFloat(own.outlineWidth) > 0 || s.boxShadow !== 'none';"
                                    + " const r = e.getBoundingClientRect();"
                                    + " return (shown && r.width > 0 && r.height > 0 ? 'seen ' : 'UNSEEN ') + e.outerHTML.slice(0, 120); }");
            last = (String) seen;
            if (last.equals("body")) {
                break;
            }
            stops++;
            assertTrue(last.startsWith("seen"), last);
        }
        assertTrue(stops > 15, "few stops: " + stops + ", the last " + last);
        assertEquals("body", last, "the focus comes round");
        tab.assertQuiet();
    }
}
