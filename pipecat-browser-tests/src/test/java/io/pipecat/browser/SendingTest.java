package io.pipecat.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person goes to another conversation while a message is on its way. */
class SendingTest extends BrowserTest {
    private static final String CONVERSATIONS = "**/api/conversations";
    private static final String MESSAGES = "**/api/conversations/*/messages";
    private static final Pattern EVENTS = Pattern.compile("/api/conversations/[^/]+/events");

    private final List<Route> held = new ArrayList<>();
    private Tab tab;

    @BeforeEach
    void aConversation() throws Exception {
        tab = tab(node());
        tab.say("What is 17 * 23?");
        tab.answers("391");
    }

    private Locator entries() {
        return tab.find(".conversations li[data-id]");
    }

    private void begin() {
        tab.find(".new").click();
        assertThat(tab.find(".welcome")).isVisible();
    }

    private void send(String text, Pattern until) {
        tab.page().waitForRequest(until, () -> tab.say(text));
    }

    @Test
    void eachConversationKeepsItsDraft() {
        begin();
        tab.say("What is 6 * 7?");
        tab.answers("42");
        assertThat(entries()).hasCount(2);
        entries().last().locator("a").click();
        tab.answers("391");
        tab.page().fill("#prompt", "half a thought");
        entries().first().locator("a").click();
        tab.answers("42");
        tab.page().route(MESSAGES, held::add);
        send("What is 6 * 8?", Pattern.compile("/messages$"));
        entries().last().locator("a").click();
        assertThat(tab.find("#prompt")).hasValue("half a thought");
        held.getFirst().resume();
        tab.page()
                .waitForFunction(
                        "() => Object.keys(localStorage).filter(key => key.startsWith('draft:')).length === 1");
        assertThat(tab.find("#prompt")).hasValue("half a thought");
        assertThat(tab.find("#prompt")).isEditable();
        entries().first().locator("a").click();
        tab.answers("48");
        assertThat(tab.find("#prompt")).hasValue("");
        tab.assertQuiet();
    }

    @Test
    void goingAwayBeforeANewConversationIsFollowedSendsAllTheSame() {
        begin();
        tab.page().route(EVENTS, held::add);
        send("What is 6 * 7?", EVENTS);
        tab.page().unroute(EVENTS);
        entries().last().locator("a").click();
        tab.answers("391");
        assertThat(tab.find("#prompt")).isEditable();
        assertThat(entries()).hasCount(2);
        entries().first().locator("a").click();
        tab.answers("42");
        assertThat(tab.find("#prompt")).hasValue("");
        tab.assertQuiet();
    }

    @Test
    void goingAwayBeforeANewConversationExistsLeavesThePersonWhereTheyAre() {
        begin();
        tab.page().route(CONVERSATIONS, held::add);
        send("What is 6 * 7?", Pattern.compile("/api/conversations$"));
        entries().first().locator("a").click();
        tab.answers("391");
        String there = tab.page().url();
        held.getFirst().resume();
        assertThat(entries()).hasCount(2);
        assertThat(entries().first()).containsText("42");
        assertThat(tab.page()).hasURL(there);
        assertThat(tab.latest()).containsText("391");
        assertThat(tab.find("#prompt")).isEditable();
        begin();
        assertThat(tab.find("#prompt")).hasValue("");
        tab.assertQuiet();
    }
}
