package io.pipecat.browser;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What the tests here share: a browser for each class, and a node for each test. */
abstract class BrowserTest {
    // What a machine under load may take; what comes sooner is not waited for.
    private static final double PATIENCE_MILLIS = 20_000;

    private static Chromium chromium;

    @TempDir
    private Path folder;

    // Closed in reverse: the tab before the node that it shows.
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @BeforeAll
    static void startBrowser() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        chromium = new Chromium();
    }

    @AfterAll
    static void closeBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @AfterEach
    void closeAll() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    <T extends AutoCloseable> T closing(T resource) {
        open.push(resource);
        return resource;
    }

    static Chromium chromium() {
        return chromium;
    }

    Path folder() {
        return folder;
    }

    /** A node as it comes, with the built-in model. */
    WebNode node() throws IOException {
        return closing(new WebNode(folder)).start();
    }

    /** A node that asks a model of the test, with the folder of the test for its files tool. */
    WebNode node(ScriptedModel model) throws IOException {
        return closing(new WebNode(folder)
                        .with("LLAMA_API_URL_OVERRIDE", model.url())
                        .with("LLM_MODEL", "scripted")
                        .with("FILE_ROOTS", folder.toString()))
                .start();
    }

    Tab tab(WebNode node) {
        return closing(Tab.desktop(chromium, node.url()));
    }
}
