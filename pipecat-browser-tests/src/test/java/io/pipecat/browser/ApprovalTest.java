package io.pipecat.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.Locator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Before a sensitive call the page asks, and what the person says is what happens. */
class ApprovalTest extends BrowserTest {
    private Path note;
    private Tab tab;

    @BeforeEach
    void start() throws Exception {
        ScriptedModel model = closing(new ScriptedModel());
        WebNode node = closing(new WebNode(folder())
                .with("LLAMA_API_URL_OVERRIDE", model.url())
                .with("LLM_MODEL", "scripted")
                .with("FILE_ROOTS", folder().toString()));
        note = node.workingDir().resolve("note.txt");
        model.calls(
                "write it",
                "files__write",
                "{\"path\":\"" + note + "\",\"content\":\"from the model\"}",
                "That is that.");
        tab = tab(node.start());
    }

    private Locator approval() {
        return tab.find(".approval");
    }

    @Test
    void grantedItIsDone() throws Exception {
        tab.say("write it down");
        assertThat(approval()).containsText("Allow files.write?");
        assertThat(approval()).containsText("from the model");
        assertThat(tab.latest().locator(".tool-state")).hasText("waits for you");
        assertFalse(Files.exists(note), "nothing happens before the answer");
        assertThat(tab.page()).hasTitle(Pattern.compile("^● "));
        tab.screenshot("approval");
        approval().locator("[data-decision=once]").click();
        tab.answers("That is that.");
        assertThat(tab.page()).hasTitle(Pattern.compile("^[^●]+$"));
        assertThat(approval()).hasCount(0);
        assertThat(tab.latest().locator(".tool-state")).hasText("done");
        assertEquals("from the model", Files.readString(note));
        tab.assertQuiet();
    }

    @Test
    void deniedItIsNot() throws Exception {
        tab.say("write it down");
        approval().locator("[data-decision=deny]").click();
        tab.answers("That is that.");
        assertThat(tab.latest().locator(".tool-state")).hasText("failed");
        tab.latest().locator("details.tool summary").click();
        assertThat(tab.latest().locator(".decision")).hasText("Approval: denied");
        assertFalse(Files.exists(note));
        tab.page().reload();
        assertThat(tab.latest().locator(".decision")).hasText("Approval: denied");
        tab.assertQuiet();
    }

    @Test
    void alwaysIsNotAskedAgain() throws Exception {
        tab.say("write it down");
        approval().locator("[data-decision=always]").click();
        tab.answers("That is that.");
        Files.delete(note);
        tab.say("write it once more, so: write it");
        // The first answer says the same.
        assertThat(tab.find(".turn")).hasCount(2);
        tab.answers("That is that.");
        assertEquals("from the model", Files.readString(note));
        tab.assertQuiet();
    }

    @Test
    void aReloadAsksOnAndTheKeyboardAnswers() throws Exception {
        tab.say("write it down");
        assertThat(approval()).isVisible();
        tab.page().reload();
        assertThat(approval()).isVisible();
        tab.page().keyboard().press("Alt+a");
        assertThat(approval().locator("[data-decision=once]")).isFocused();
        tab.page().keyboard().press("Enter");
        tab.answers("That is that.");
        assertEquals("from the model", Files.readString(note));
        tab.assertQuiet();
    }

    @Test
    void fromAnotherConversationItIsSeenWhichOneWaits() throws Exception {
        tab.say("write it down");
        assertThat(approval()).isVisible();
        tab.find(".new").click();
        assertThat(tab.find(".welcome")).isVisible();
        assertThat(tab.find(".conversations .live")).hasText("waits for you");
        assertThat(tab.page()).hasTitle(Pattern.compile("^● "));
        tab.screenshot("waits-elsewhere");
        tab.find(".conversations a").click();
        approval().locator("[data-decision=deny]").click();
        tab.answers("That is that.");
        assertThat(tab.find(".conversations .live")).hasCount(0);
        assertThat(tab.page()).hasTitle(Pattern.compile("^[^●]+$"));
        tab.assertQuiet();
    }

    @Test
    void anotherTabAnswers() throws Exception {
        tab.say("write it down");
        assertThat(approval()).isVisible();
        Tab other = closing(tab.another());
        other.find(".approval [data-decision=once]").click();
        tab.answers("That is that.");
        assertThat(approval()).hasCount(0);
        tab.assertQuiet();
        other.assertQuiet();
    }
}
