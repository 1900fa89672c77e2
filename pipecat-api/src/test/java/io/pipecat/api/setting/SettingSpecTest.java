package io.pipecat.api.setting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.NodeTier;
import io.pipecat.api.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingSpecTest {

    @Test
    void theLastDefaultThatHoldsCounts() {
        SettingSpec<String> spec = SettingSpec.choice("tool_execution_mode", List.of("local", "remote", "mixed"))
                .defaultValue("local")
                .defaultIn(DeploymentMode.DISTRIBUTED, "mixed")
                .defaultWhen(DeploymentMode.DISTRIBUTED, NodeTier.EDGE, "remote")
                .description("Where tools run.")
                .build();
        assertEquals(Optional.of("local"), spec.defaultFor(DeploymentMode.MONOLITH, Optional.empty()));
        assertEquals(Optional.of("local"), spec.defaultFor(DeploymentMode.MONOLITH, Optional.of(NodeTier.EDGE)));
        assertEquals(Optional.of("mixed"), spec.defaultFor(DeploymentMode.DISTRIBUTED, Optional.empty()));
        assertEquals(Optional.of("mixed"), spec.defaultFor(DeploymentMode.DISTRIBUTED, Optional.of(NodeTier.CORE)));
        assertEquals(Optional.of("remote"), spec.defaultFor(DeploymentMode.DISTRIBUTED, Optional.of(NodeTier.EDGE)));
        assertEquals(3, spec.defaults().size());
    }

    @Test
    void aTierAloneIsACondition() {
        SettingSpec<Integer> spec = SettingSpec.integer("slots", 1, 64)
                .defaultWhen(null, NodeTier.CORE, 8)
                .description("d")
                .build();
        assertEquals(Optional.of(8), spec.defaultFor(DeploymentMode.MONOLITH, Optional.of(NodeTier.CORE)));
        assertEquals(Optional.empty(), spec.defaultFor(DeploymentMode.MONOLITH, Optional.of(NodeTier.MID)));
        assertEquals(Optional.empty(), spec.defaultFor(DeploymentMode.DISTRIBUTED, Optional.empty()));
    }

    @Test
    void flags() {
        SettingSpec<String> plain = SettingSpec.string("a").description("d").build();
        assertFalse(plain.secret());
        assertFalse(plain.live());
        assertTrue(plain.shared());
        assertEquals("a", plain.toString());
        SettingSpec<Secret> secret =
                SettingSpec.secret("llama_api_key").description("d").live().build();
        assertTrue(secret.secret());
        assertTrue(secret.live());
        assertFalse(secret.shared());
        assertFalse(
                SettingSpec.path("state_dir").description("d").ownOnly().build().shared());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "toolTimeout", "tool-timeout", "_a", "a_", "a__b", "1a", "a b"})
    void namesAreInSnakeCase(String name) {
        var e = assertThrows(IllegalArgumentException.class, () -> SettingSpec.string(name));
        assertEquals("a setting's name is in snake case; not '" + name + "'", e.getMessage());
    }

    @Test
    void whatIsIncompleteIsRefused() {
        var e = assertThrows(
                IllegalStateException.class, () -> SettingSpec.bool("a").build());
        assertEquals("the setting a needs a description", e.getMessage());
        var builder = SettingSpec.duration("tool_timeout", Duration.ofSeconds(1), Duration.ofHours(1))
                .defaultValue(Duration.ofDays(1))
                .description("d");
        e = assertThrows(IllegalStateException.class, builder::build);
        assertEquals(
                "the default of the setting tool_timeout must be from 1s to 1h; the nearest is 1h", e.getMessage());
    }

    @Test
    void aSecretIsNeverShown() {
        Secret secret = new Secret("s3cret");
        SettingSpec<Secret> spec = SettingSpec.secret("key").description("d").build();
        var value = new SettingValue<>(spec, Optional.of(secret), "environment KEY", false);
        assertEquals(Optional.of("********"), value.display());
        assertFalse((value + spec.toString() + secret).contains("s3cret"));
        assertEquals("s3cret", secret.reveal());
        assertEquals(Optional.empty(), new SettingValue<>(spec, Optional.empty(), "default", true).display());
        SettingSpec<Integer> plain =
                SettingSpec.integer("n", 0, 9).description("d").build();
        assertEquals(Optional.of("7"), new SettingValue<>(plain, Optional.of(7), "default", true).display());
    }

    @Test
    void secretsAreEqualByText() {
        assertEquals(new Secret("é"), new Secret("é"));
        assertEquals(new Secret("a").hashCode(), new Secret("a").hashCode());
        assertNotEquals(new Secret("a"), new Secret("b"));
        assertNotEquals(new Secret("a"), new Secret("aa"));
        assertNotEquals(new Secret("a"), (Object) "a");
        assertEquals(List.of(new Secret("old"), new Secret("new key")), new Secret(" old,,new key ,").split());
        assertEquals(List.of(), new Secret("").split());
    }

    /** Settings of which none is set. */
    private static final class Unset implements Settings {
        @Override
        public <T> SettingValue<T> describe(SettingSpec<T> spec) {
            return new SettingValue<>(
                    spec, spec.defaultFor(DeploymentMode.MONOLITH, Optional.empty()), "default", true);
        }

        @Override
        public <T> Subscription watch(SettingSpec<T> spec, Consumer<? super SettingValue<T>> listener) {
            return () -> {};
        }
    }

    @Test
    void aSettingWithoutAValueIsFoundButNotGot() {
        Settings settings = new Unset();
        SettingSpec<String> none = SettingSpec.string("none").description("d").build();
        SettingSpec<Integer> some = SettingSpec.integer("some", 0, 9)
                .defaultValue(3)
                .description("d")
                .build();
        assertEquals(3, settings.get(some));
        assertEquals(Optional.empty(), settings.find(none));
        assertFalse(settings.isSet(some));
        var e = assertThrows(IllegalStateException.class, () -> settings.get(none));
        assertEquals("the setting none is not set and has no default here", e.getMessage());
    }
}
