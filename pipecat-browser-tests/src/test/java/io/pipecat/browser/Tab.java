package io.pipecat.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A tab on a node, which takes down whatever a good page never does: errors, breaches of its policy, requests to anywhere else. */
final class Tab implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    // Tells of breaches that the console might not; a page's own script could not add it under this policy, a driver
    // can.
    private static final String WATCH_POLICY =
            "addEventListener('securitypolicyviolation', e => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI));";

    private final BrowserContext context;
    private final Page page;
    private final boolean ownsContext;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> tolerated = new ArrayList<>();

    private Tab(BrowserContext context, String url, boolean ownsContext) {
        this.context = context;
        this.ownsContext = ownsContext;
        page = context.newPage();
        page.addInitScript(WATCH_POLICY);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(error -> complaints.add("thrown: " + error));
        page.onRequest(request -> {
            String host = URI.create(request.url()).getHost();
            if (!"127.0.0.1".equals(host)) {
                complaints.add("a request left this machine: " + request.url());
            }
        });
        page.navigate(url);
    }

    static Tab desktop(Chromium chromium, String url) {
        return desktop(chromium, url, ColorScheme.LIGHT);
    }

    static Tab desktop(Chromium chromium, String url, ColorScheme scheme) {
        return new Tab(
                chromium.browser()
                        .newContext(new Browser.NewContextOptions()
                                .setViewportSize(1280, 800)
                                .setColorScheme(scheme)),
                url,
                true);
    }

    static Tab phone(Chromium chromium, String url, ColorScheme scheme) {
        return new Tab(
                chromium.browser()
                        .newContext(new Browser.NewContextOptions()
                                .setViewportSize(390, 844)
                                .setDeviceScaleFactor(2)
                                .setHasTouch(true)
                                .setIsMobile(true)
                                .setColorScheme(scheme)),
                url,
                true);
    }

    /** Another tab of the same browser. */
    Tab another() {
        return new Tab(context, page.url(), false);
    }

    Page page() {
        return page;
    }

    Locator find(String selector) {
        return page.locator(selector);
    }

    /** Types a message and sends it. */
    void say(String text) {
        page.fill("#prompt", text);
        page.press("#prompt", "Enter");
    }

    /** The latest turn. */
    Locator latest() {
        return page.locator(".turn").last();
    }

    /** Waits until the latest answer has ended with a text in it. */
    void answers(String text) {
        assertThat(latest().locator(".prose").last()).containsText(text);
        assertThat(page.locator(".log")).hasAttribute("aria-busy", "false");
    }

    /** A message of the browser that a test provokes: it says so of a node that is away, and of a refusal. */
    Tab tolerating(String part) {
        tolerated.add(part);
        return this;
    }

    /** Fails if the page ever did what it should not. */
    void assertQuiet() {
        List<String> rest = complaints.stream()
                .filter(each -> tolerated.stream().noneMatch(each::contains))
                .toList();
        assertEquals(List.of(), rest);
    }

    void screenshot(String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        page.screenshot(new Page.ScreenshotOptions()
                .setAnimations(ScreenshotAnimations.DISABLED)
                .setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    @Override
    public void close() {
        if (ownsContext) {
            context.close();
        } else {
            page.close();
        }
    }
}
