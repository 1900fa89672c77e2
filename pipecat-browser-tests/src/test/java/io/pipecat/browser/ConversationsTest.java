package io.pipecat.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import io.pipecat.json.Json;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several conversations: found again, renamed, taken along, deleted. */
class ConversationsTest extends BrowserTest {
    private Tab tab;

    @BeforeEach
    void twoConversations() throws Exception {
        tab = tab(node());
        tab.say("What is 17 * 23?");
        tab.answers("391");
        tab.find(".new").click();
        assertThat(tab.find(".welcome")).isVisible();
        tab.say("What is 6 * 7?");
        tab.answers("42");
        assertThat(entries()).hasCount(2);
    }

    private Locator entries() {
        return tab.find(".conversations li[data-id]");
    }

    private void choose(String action) {
        entries().first().locator("button").click();
        tab.find("[role=menuitem] >> text=" + action).click();
    }

    @Test
    void theLatestIsFirstAndBothCanBeOpened() {
        assertThat(entries().first()).containsText("6 * 7");
        assertThat(entries().first().locator(".preview")).containsText(Pattern.compile("6 ?\\* ?7 = 42"));
        assertThat(entries().first().locator("a")).hasAttribute("aria-current", "page");
        entries().last().locator("a").click();
        tab.answers("391");
        assertThat(tab.find(".turn")).hasCount(1);
        tab.page().goBack();
        tab.answers("42");
        tab.assertQuiet();
    }

    @Test
    void theSearchLooksIntoAnswers() {
        tab.page().fill("[aria-label='Search conversations']", "391");
        assertThat(entries()).hasCount(1);
        assertThat(entries().first()).containsText("17 * 23");
        tab.page().fill("[aria-label='Search conversations']", "no such words anywhere");
        assertThat(tab.find(".conversations .empty")).containsText("Nothing found");
        tab.page().fill("[aria-label='Search conversations']", "");
        assertThat(entries()).hasCount(2);
        tab.assertQuiet();
    }

    @Test
    void aNewNameIsThereInEveryTabAndAfterAReload() {
        Tab other = closing(tab.another());
        choose("Rename");
        tab.page().fill("dialog input", "Sums <b>of</b> all sorts");
        tab.page().keyboard().press("Enter");
        assertThat(entries().first().locator(".title")).hasText("Sums <b>of</b> all sorts");
        assertThat(tab.find(".bar-title")).hasText("Sums <b>of</b> all sorts");
        assertThat(other.find(".bar-title")).hasText("Sums <b>of</b> all sorts");
        tab.page().reload();
        assertThat(entries().first().locator(".title")).hasText("Sums <b>of</b> all sorts");
        tab.assertQuiet();
        other.assertQuiet();
    }

    @Test
    void itCanBeTakenAlong() throws Exception {
        Download markdown = tab.page().waitForDownload(() -> choose("Export as Markdown"));
        assertTrue(markdown.suggestedFilename().endsWith(".md"), markdown.suggestedFilename());
        String text = Files.readString(markdown.path());
        assertTrue(text.contains("What is 6 * 7?") && text.contains("42"), text);
        Download json = tab.page().waitForDownload(() -> choose("Export as JSON"));
        assertEquals(
                2,
                Json.parseObject(Files.readString(json.path()))
                        .array("messages")
                        .orElseThrow()
                        .size());
        tab.assertQuiet();
    }

    @Test
    void itIsDeletedOnlyAfterAQuestion() {
        Tab other = closing(tab.another());
        choose("Delete");
        assertThat(tab.find("dialog")).containsText("cannot be undone");
        tab.find("dialog >> text=Cancel").click();
        assertThat(entries()).hasCount(2);
        choose("Delete");
        tab.find("dialog button[type=submit]").click();
        assertThat(entries()).hasCount(1);
        assertThat(tab.find(".welcome")).isVisible();
        assertThat(other.find(".welcome")).isVisible();
        assertThat(tab.page()).hasURL(Pattern.compile(".*#/$"));
        tab.assertQuiet();
        other.assertQuiet();
    }
}
