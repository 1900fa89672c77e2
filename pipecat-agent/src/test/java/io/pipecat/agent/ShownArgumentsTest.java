package io.pipecat.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonObject;
import io.pipecat.json.Json;
import org.junit.jupiter.api.Test;

class ShownArgumentsTest {

    private static String shown(JsonObject arguments) {
        String shown = new TurnFrame.ToolStarted("c", "ssh.run", arguments, true).shownArguments();
        assertEquals(shown, new ApprovalRequest("c", "ssh", "run", arguments, "Runs.").shownArguments());
        return shown;
    }

    @Test
    void blanksSecrets() {
        String shown = shown(JsonObject.builder()
                .put("host", "core")
                .put("password", "hunter22")
                .put("command", "curl -H 'Authorization: Bearer abcdef123456' https://me:pass9@core/")
                .build());
        assertTrue(shown.startsWith("{\"host\":\"core\",\"password\":\"***"), shown);
        for (String secret : new String[] {"hunter22", "abcdef123456", "pass9"}) {
            assertFalse(shown.contains(secret), shown);
        }
    }

    @Test
    void escapesWhatAScreenWouldObey() throws Exception {
        String text = "a\u001b[2J\u202eb\u2028c\u200bd\u009be\u007f ü 🏠 \udb40\udc41";
        JsonObject arguments = JsonObject.of("command", text);
        String shown = shown(arguments);
        assertEquals("{\"command\":\"a\\u001b[2J\\u202eb\\u2028c\\u200bd\\u009be\\u007f ü 🏠 \\udb40\\udc41\"}", shown);
        assertEquals(arguments, Json.parse(shown), "it is still the same JSON");
    }

    @Test
    void isCutAndSaysSo() {
        String shown = shown(JsonObject.of("text", "🏠".repeat(3000)));
        assertTrue(shown.length() < 2040, shown);
        assertTrue(shown.endsWith("🏠… (2007 more characters)"), shown.substring(1990));
    }
}
