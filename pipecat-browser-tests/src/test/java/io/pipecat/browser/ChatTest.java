package io.pipecat.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;

/** Talking to a node: answers that stream, tools at work, interruption, and what survives a reload and a restart. */
class ChatTest extends BrowserTest {
    @Test
    void answersByCallingATool() throws Exception {
        Tab tab = tab(node());
        tab.say("What is 17 * 23?");
        tab.answers("391");
        Locator tool = tab.latest().locator("details.tool");
        assertThat(tool).hasCount(1);
        assertThat(tool).hasAttribute("data-tool", "calculator.evaluate");
        assertThat(tool.locator(".tool-state")).hasText("done");
        assertThat(tool.locator(".tool-time")).containsText("ms");
        tool.locator("summary").click();
        assertThat(tool.locator(".tool-body")).containsText("17 * 23");
        assertThat(tool.locator(".tool-body")).containsText("391");
        assertThat(tab.find("#prompt")).hasValue("");
        tab.screenshot("chat");
        tab.assertQuiet();
    }

    @Test
    void anExampleOfTheEmptyPageSwitchesTheDemoHouse() throws Exception {
        Tab tab = tab(node());
        Locator light = tab.find("[data-device=kitchen_light] [role=switch]");
        assertThat(light).hasAttribute("aria-checked", "false");
        tab.find(".examples button >> text=Turn on the kitchen light").click();
        tab.page().keyboard().press("Enter");
        assertThat(light).hasAttribute("aria-checked", "true");
        assertThat(tab.find(".log")).hasAttribute("aria-busy", "false");
        tab.assertQuiet();
    }

    @Test
    void aReloadKeepsTheConversation() throws Exception {
        Tab tab = tab(node());
        tab.say("What is 17 * 23?");
        tab.answers("391");
        tab.page().reload();
        assertThat(tab.find(".turn")).hasCount(1);
        assertThat(tab.find(".user")).containsText("What is 17 * 23?");
        assertThat(tab.latest().locator("details.tool")).hasAttribute("data-tool", "calculator.evaluate");
        tab.answers("391");
        tab.say("What is 6 * 7?");
        tab.answers("42");
        assertThat(tab.find(".turn")).hasCount(2);
        tab.assertQuiet();
    }

    @Test
    void aReloadInTheMiddleOfAnAnswerShowsAllOfIt() throws Exception {
        ScriptedModel model = closing(new ScriptedModel().holds("story", "Once upon a time ", "there was ", "a node."));
        Tab tab = tab(node(model));
        tab.say("Tell me a story");
        assertThat(tab.latest().locator(".prose")).containsText("Once upon a time");
        tab.page().reload();
        assertThat(tab.latest().locator(".prose")).containsText("Once upon a time");
        assertThat(tab.find(".user")).hasCount(1);
        model.release();
        tab.answers("Once upon a time there was a node.");
        tab.assertQuiet();
    }

    @Test
    void theButtonStopsAnAnswerAndTheConversationGoesOn() throws Exception {
        ScriptedModel model = closing(new ScriptedModel()
                .holds("story", "Once upon a time ", "never said")
                .says("again", "Yes?"));
        Tab tab = tab(node(model));
        tab.say("Tell me a story");
        assertThat(tab.latest().locator(".prose")).containsText("Once upon a time");
        tab.find("[aria-label=Stop]").click();
        assertThat(tab.latest().locator(".notice")).hasText("Interrupted");
        assertThat(tab.find("[aria-label=Stop]")).isHidden();
        tab.screenshot("interrupted");
        tab.say("again");
        tab.answers("Yes?");
        tab.assertQuiet();
    }

    @Test
    void escapeStopsAnAnswer() throws Exception {
        ScriptedModel model = closing(new ScriptedModel().holds("story", "Once upon a time ", "never said"));
        Tab tab = tab(node(model));
        tab.say("Tell me a story");
        assertThat(tab.latest().locator(".prose")).containsText("Once upon a time");
        tab.page().keyboard().press("Escape");
        assertThat(tab.latest().locator(".notice")).hasText("Interrupted");
        assertThat(tab.latest().locator(".prose")).containsText("Once upon a time");
        tab.assertQuiet();
    }

    @Test
    void escapeInTheSearchStopsNoAnswer() throws Exception {
        ScriptedModel model = closing(new ScriptedModel().holds("story", "Once upon a time ", "there was a node."));
        Tab tab = tab(node(model));
        tab.say("Tell me a story");
        assertThat(tab.latest().locator(".prose")).containsText("Once upon a time");
        tab.page().press("[aria-label='Search conversations']", "Escape");
        model.release();
        tab.answers("Once upon a time there was a node.");
        assertThat(tab.latest().locator(".notice")).hasCount(0);
        tab.assertQuiet();
    }

    @Test
    void aRestartOfTheNodeKeepsTheConversationAndWhatIsBeingTyped() throws Exception {
        WebNode node = node();
        Tab tab = tab(node).tolerating("ERR_CONNECTION_REFUSED").tolerating("ERR_INCOMPLETE_CHUNKED_ENCODING");
        tab.say("What is 17 * 23?");
        tab.answers("391");
        node.stop();
        assertThat(tab.find("[data-note=link]")).containsText("does not answer");
        tab.screenshot("node-away");
        tab.say("What is 6 * 7?");
        assertThat(tab.find("[data-note=chat]")).containsText("cannot be reached");
        assertThat(tab.find("#prompt")).hasValue("What is 6 * 7?");
        node.start();
        assertThat(tab.find("[data-note=link]")).hasCount(0);
        assertThat(tab.find(".turn")).hasCount(1);
        tab.answers("391");
        tab.page().press("#prompt", "Enter");
        tab.answers("42");
        tab.assertQuiet();
    }

    @Test
    void aDraftSurvivesAReload() throws Exception {
        Tab tab = tab(node());
        tab.page().fill("#prompt", "half a thought");
        tab.page().reload();
        assertThat(tab.find("#prompt")).hasValue("half a thought");
        tab.assertQuiet();
    }

    @Test
    void aLongHistoryIsShownFromItsEndAndTheRestOnRequest() throws Exception {
        ScriptedModel model = closing(new ScriptedModel().says("message", "An answer."));
        Tab tab = tab(node(model));
        tab.say("message 0");
        tab.answers("An answer.");
        tab.page()
                .evaluate("async () => { const id = location.hash.slice(4); for (let i = 1; i < 50; i++) {"
                        + " await (await fetch('api/chat', {method: 'POST', headers: {'Content-Type': 'application/json'},"
                        + " body: JSON.stringify({text: 'message ' + i, conversation: id})})).text(); } }");
        assertThat(tab.find(".turn")).hasCount(50);
        tab.page().reload();
        assertThat(tab.find(".turn")).hasCount(40);
        assertThat(tab.latest().locator(".user")).containsText("message 49");
        assertThat(tab.latest().locator(".prose")).isInViewport();
        tab.find("text=Show earlier messages (10)").click();
        assertThat(tab.find(".turn")).hasCount(50);
        assertThat(tab.find(".turn").first().locator(".user")).containsText("message 0");
        assertThat(tab.find(".older")).hasCount(0);
        tab.assertQuiet();
    }
}
