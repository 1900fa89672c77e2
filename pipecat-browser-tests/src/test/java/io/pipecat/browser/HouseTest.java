package io.pipecat.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The house beside the chat: as it is now, in every tab. */
class HouseTest extends BrowserTest {
    private Tab one;
    private Tab two;

    @BeforeEach
    void twoTabs() throws Exception {
        one = tab(node());
        two = closing(one.another());
    }

    private static Locator device(Tab tab, String id) {
        return tab.find("[data-device=" + id + "]");
    }

    @Test
    void aSwitchIsSeenInTheOtherTab() {
        Locator here = device(one, "kitchen_light").locator("[role=switch]");
        Locator there = device(two, "kitchen_light").locator("[role=switch]");
        assertThat(there).hasAttribute("aria-checked", "false");
        here.click();
        assertThat(here).hasAttribute("aria-checked", "true");
        assertThat(there).hasAttribute("aria-checked", "true");
        there.click();
        assertThat(here).hasAttribute("aria-checked", "false");
        one.assertQuiet();
        two.assertQuiet();
    }

    @Test
    void lockBlindAndValuesToo() {
        device(one, "front_door").locator("[role=switch]").click();
        assertThat(device(two, "front_door").locator(".values")).containsText("unlocked");
        device(one, "bedroom_blinds").locator("[role=switch]").click();
        assertThat(device(two, "bedroom_blinds").locator(".values")).containsText("closed");
        device(one, "thermostat").locator("input").fill("22.5");
        device(one, "thermostat").locator("input").press("Enter");
        assertThat(device(two, "thermostat").locator("input")).hasValue("22.5");
        device(one, "reading_lamp").locator("input[type=range]").fill("30");
        assertThat(device(two, "reading_lamp").locator("input[type=range]")).hasValue("30");
        one.assertQuiet();
        two.assertQuiet();
    }

    @Test
    void roomsHaveTheirDevices() {
        Locator kitchen = one.find(".room[aria-label=Kitchen]");
        assertThat(kitchen.locator(".device")).hasCount(2);
        assertThat(kitchen).containsText("Coffee machine");
        one.assertQuiet();
    }
}
