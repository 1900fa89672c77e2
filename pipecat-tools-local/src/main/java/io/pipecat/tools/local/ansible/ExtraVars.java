package io.pipecat.tools.local.ansible;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.ToolException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Checks variables for a playbook. Ansible evaluates templates in them, which can run any program on this node
 * ({@code lookup('pipe', …)}), and lets some decide how it connects: a model gets to fill in values, and no more.
 */
final class ExtraVars {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
    private static final Pattern TEMPLATE = Pattern.compile("\\{[{%#]");

    private ExtraVars() {}

    static void check(JsonObject variables) throws ToolException {
        for (String name : variables.members().keySet()) {
            if (!NAME.matcher(name).matches()) {
                throw ToolException.failed("'" + AnsibleTool.shown(name)
                        + "' in extra_vars is no name of a variable: letters, digits and _ only.");
            }
            if (name.toLowerCase(Locale.ROOT).startsWith("ansible_")) {
                throw ToolException.failed("'" + AnsibleTool.shown(name)
                        + "' in extra_vars would change how Ansible connects and what it runs; such variables belong in"
                        + " the inventory.");
            }
        }
        checkValue(variables);
    }

    private static void checkValue(JsonValue value) throws ToolException {
        switch (value) {
            case JsonString text -> checkText(text.value());
            case JsonArray array -> {
                for (JsonValue element : array.elements()) {
                    checkValue(element);
                }
            }
            case JsonObject object -> {
                for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
                    checkText(member.getKey());
                    if (member.getKey().startsWith("__ansible")) {
                        throw ToolException.failed("'" + AnsibleTool.shown(member.getKey())
                                + "' in extra_vars means something to Ansible itself: leave it out.");
                    }
                    checkValue(member.getValue());
                }
            }
            default -> {
                // Numbers, truth values and null hold no template.
            }
        }
    }

    private static void checkText(String text) throws ToolException {
        if (TEMPLATE.matcher(text).find()) {
            throw ToolException.failed("extra_vars must not hold templates ({{ … }}, {% … %}): Ansible would evaluate"
                    + " them on this node. Give plain values.");
        }
    }
}
