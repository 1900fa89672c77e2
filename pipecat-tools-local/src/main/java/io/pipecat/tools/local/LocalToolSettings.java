package io.pipecat.tools.local;

import io.pipecat.api.setting.SettingSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The settings of these tools. What lets a tool touch this machine is never taken from the settings that a cluster shares. */
final class LocalToolSettings {
    static final SettingSpec<List<String>> FILE_ROOTS = SettingSpec.list("file_roots")
            .ownOnly()
            .description(
                    "The folders that the files tool may read and write, as absolute paths. Without any, there is no"
                            + " such tool.")
            .build();

    static final SettingSpec<Boolean> CODE_RUNNER_ENABLED = SettingSpec.bool("code_runner_enabled")
            .ownOnly()
            .defaultValue(true)
            .description("Whether programs that a model writes can be run here, in a sandbox by bubblewrap.")
            .build();

    static final SettingSpec<Duration> CODE_RUNNER_MAX_TIME = SettingSpec.duration(
                    "code_runner_max_time", Duration.ofSeconds(1), Duration.ofMinutes(10))
            .ownOnly()
            .defaultValue(Duration.ofMinutes(2))
            .description("The longest time limit that a call of code_runner may ask for.")
            .build();

    static final SettingSpec<Integer> CODE_RUNNER_MEMORY_MIB = SettingSpec.integer(
                    "code_runner_memory_mib", 32, 1 << 20)
            .ownOnly()
            .defaultValue(512)
            .description("How much memory a program in the sandbox may use with all its children, in MiB.")
            .build();

    static final SettingSpec<Integer> CODE_RUNNER_DISK_MIB = SettingSpec.integer("code_runner_disk_mib", 1, 1 << 16)
            .ownOnly()
            .defaultValue(64)
            .description("How much a program in the sandbox may write to its /tmp, in MiB. It is memory, too.")
            .build();

    static final SettingSpec<Integer> CODE_RUNNER_PROCESSES = SettingSpec.integer("code_runner_processes", 1, 4096)
            .ownOnly()
            .defaultValue(64)
            .description("How many processes and threads a program in the sandbox may have at a time.")
            .build();

    static final SettingSpec<Path> ANSIBLE_DIR = SettingSpec.path("ansible_dir")
            .ownOnly()
            .description(
                    "The folder of the playbooks that the ansible tool may run. Without it, there is no such tool.")
            .build();

    static final SettingSpec<Path> ANSIBLE_INVENTORY = SettingSpec.path("ansible_inventory")
            .ownOnly()
            .description("The inventory for the playbooks, a file or folder; else what Ansible's configuration says.")
            .build();

    static final SettingSpec<Boolean> POWER_ENABLED = SettingSpec.bool("power_enabled")
            .ownOnly()
            .defaultValue(false)
            .description("Whether there is a tool to switch this machine off, restart or suspend it.")
            .build();

    static final List<SettingSpec<?>> ALL = List.of(
            FILE_ROOTS,
            CODE_RUNNER_ENABLED,
            CODE_RUNNER_MAX_TIME,
            CODE_RUNNER_MEMORY_MIB,
            CODE_RUNNER_DISK_MIB,
            CODE_RUNNER_PROCESSES,
            ANSIBLE_DIR,
            ANSIBLE_INVENTORY,
            POWER_ENABLED);

    private LocalToolSettings() {}
}
