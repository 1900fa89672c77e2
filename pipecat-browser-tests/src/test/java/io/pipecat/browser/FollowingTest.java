package io.pipecat.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a page does when it can reach its node, but hears nothing from it. */
class FollowingTest extends BrowserTest {
    private static final Pattern EVENTS = Pattern.compile("/api/conversations/[^/]+/events");
    /** More than twice the time after which a node says that it is there. */
    private static final int SILENCE_MILLIS = 60_000;

    private Tab tab;

    @BeforeEach
    void aConversation() throws Exception {
        tab = tab(node());
        tab.say("What is 17 * 23?");
        tab.answers("391");
    }

    @Test
    void aStreamThatIsRefusedIsToldAndTriedAgain() {
        // Chromium notes each refusal in its console.
        tab.tolerating("503");
        tab.page().route(EVENTS, route -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
        tab.page().reload();
        assertThat(tab.find("[data-note=follow]")).containsText("cannot be followed right now");
        tab.say("What is 6 * 7?");
        assertThat(tab.find("#prompt")).hasValue("");
        tab.page().unroute(EVENTS);
        tab.answers("42");
        assertThat(tab.find("[data-note=follow]")).hasCount(0);
        tab.assertQuiet();
    }

    @Test
    void aNewConversationBeginsWhereItsStreamIsRefused() {
        tab.tolerating("503");
        tab.page().route(EVENTS, route -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
        tab.find(".new").click();
        tab.say("What is 6 * 7?");
        assertThat(tab.find("[data-note=follow]")).containsText("cannot be followed right now");
        assertThat(tab.find("#prompt")).hasValue("");
        tab.page().unroute(EVENTS);
        tab.answers("42");
        tab.assertQuiet();
    }

    @Test
    void aConnectionThatSaysNothingIsGivenUp() {
        List<Route> silent = new ArrayList<>();
        tab.page().clock().install();
        tab.page().route(EVENTS, route -> {
            if (silent.isEmpty()) {
                silent.add(route);
            } else {
                route.resume();
            }
        });
        tab.page().waitForRequest(EVENTS, tab.page()::reload);
        tab.say("What is 6 * 7?");
        assertThat(tab.find("#prompt")).hasValue("");
        assertThat(tab.find(".conversations .preview")).containsText("42");
        assertThat(tab.find(".turn")).hasCount(1);
        tab.page().clock().fastForward(SILENCE_MILLIS);
        tab.answers("42");
        tab.assertQuiet();
    }
}
