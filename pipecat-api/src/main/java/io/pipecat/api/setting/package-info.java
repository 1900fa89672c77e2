/**
 * Settings: a module declares what it reads as {@link io.pipecat.api.setting.SettingSpec} constants, lists them in its
 * provider's {@code settings()}, and asks {@link io.pipecat.api.setting.Settings} for their values.
 *
 * <p>Every setting has one canonical name in snake case. The environment has it in upper case, the command line in kebab
 * case, the file and Consul as it is. Precedence, highest first: command line, environment, file, Consul, default.
 */
@NullMarked
package io.pipecat.api.setting;

import org.jspecify.annotations.NullMarked;
