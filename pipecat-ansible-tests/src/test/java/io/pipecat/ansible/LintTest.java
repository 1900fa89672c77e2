package io.pipecat.ansible;

import io.pipecat.testkit.RequiredPart;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tools of the trade say to the plays. */
class LintTest {
    private static final Path ANSIBLE = Shell.ROOT.resolve("ansible");

    @Test
    void ansibleLintHasNothingToSay() {
        RequiredPart.of("ansible-lint", "Debian package ansible-lint").orSkip();
        Shell.run(ANSIBLE, Map.of(), "ansible-lint --offline --strict --nocolor --profile production")
                .ok();
    }

    @Test
    void yamllintHasNothingToSay() {
        RequiredPart.of("yamllint", "Debian package yamllint").orSkip();
        Shell.run(ANSIBLE, Map.of(), "yamllint --strict .").ok();
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "cluster"})
    void thePlaysAreWellFormed(String inventory) {
        RequiredPart.of("ansible-playbook", "Debian package ansible-core").orSkip();
        Shell.run(
                        ANSIBLE,
                        Map.of(),
                        "ansible-playbook --syntax-check -i inventories/" + inventory + "/hosts.yaml site.yaml")
                .ok();
    }
}
