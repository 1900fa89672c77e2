package io.pipecat.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import io.pipecat.testkit.RequiredPart;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Debian's Chromium and what drives it. Nothing in it calls home. */
final class Chromium implements AutoCloseable {
    private static final Path PARTS = WebNode.ROOT.resolve("target/browser-parts");
    private static final RequiredPart CHROMIUM = RequiredPart.of("chromium", "Debian package chromium");
    private static final RequiredPart NODE = RequiredPart.of("node", "Debian package nodejs");
    private static final RequiredPart DRIVER =
            RequiredPart.file(PARTS.resolve("driver/package/cli.js"), "run bin/browser-parts, as ./verify does");
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    Chromium() {
        Path chromium = CHROMIUM.orSkip();
        Path node = NODE.orSkip();
        DRIVER.orSkip();
        // The only way to tell the library of a driver that it did not bring along.
        System.setProperty("playwright.cli.dir", PARTS.resolve("driver").toString());
        playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_NODEJS_PATH", node.toString(), "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(ARGUMENTS));
    }

    Browser browser() {
        return browser;
    }

    /** The script with the rules of accessibility. */
    static Path axe() {
        return RequiredPart.file(
                        PARTS.resolve("node_modules/axe-core/axe.min.js"), "run bin/browser-parts, as ./verify does")
                .orSkip();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
