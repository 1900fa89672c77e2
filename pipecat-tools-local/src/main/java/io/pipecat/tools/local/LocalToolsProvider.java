package io.pipecat.tools.local;

import io.pipecat.api.NodeContext;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolProvider;
import io.pipecat.api.tool.ToolSource;
import io.pipecat.tools.local.ansible.AnsibleTool;
import io.pipecat.tools.local.calculator.CalculatorTool;
import io.pipecat.tools.local.clock.ClockTool;
import io.pipecat.tools.local.code.CodeLimits;
import io.pipecat.tools.local.code.CodeRunnerTool;
import io.pipecat.tools.local.files.FilesTool;
import io.pipecat.tools.local.power.PowerTool;
import io.pipecat.tools.local.system.SystemTool;
import io.pipecat.tools.local.wol.WakeOnLanTool;
import io.pipecat.tools.local.world.WorldModelTool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings {@code calculator}, {@code clock}, {@code system} and {@code wol} to every node, {@code world_model} to one that has a world model, {@code code_runner} unless it is switched off,
 * and {@code files}, {@code ansible} and {@code power} where settings ask for them. None of them holds anything open.
 */
public final class LocalToolsProvider implements ToolProvider {

    /** For {@link java.util.ServiceLoader}. */
    public LocalToolsProvider() {}

    @Override
    public String name() {
        return "local";
    }

    @Override
    public List<SettingSpec<?>> settings() {
        return LocalToolSettings.ALL;
    }

    @Override
    public ToolSource create(NodeContext context) throws ToolException {
        Settings settings = context.settings();
        List<Object> tools = new ArrayList<>();
        tools.add(new CalculatorTool());
        tools.add(new ClockTool(context.clock()));
        tools.add(new SystemTool(context.node(), context.stateDir()));
        tools.add(new WakeOnLanTool());
        context.worldModel().ifPresent(model -> tools.add(new WorldModelTool(model, context.clock())));
        if (settings.get(LocalToolSettings.CODE_RUNNER_ENABLED)) {
            tools.add(new CodeRunnerTool(limits(settings), context.stateDir(), context.clock()));
        }
        List<Path> roots = roots(settings);
        if (!roots.isEmpty()) {
            tools.add(new FilesTool(roots));
        }
        settings.find(LocalToolSettings.ANSIBLE_DIR)
                .ifPresent(folder -> tools.add(new AnsibleTool(
                        folder.toAbsolutePath(),
                        settings.find(LocalToolSettings.ANSIBLE_INVENTORY).map(Path::toAbsolutePath),
                        context.stateDir())));
        if (settings.get(LocalToolSettings.POWER_ENABLED)) {
            tools.add(new PowerTool());
        }
        return ToolSource.of(tools.stream().map(Tool::annotated).toArray(Tool[]::new));
    }

    private static CodeLimits limits(Settings settings) {
        return new CodeLimits(
                settings.get(LocalToolSettings.CODE_RUNNER_MEMORY_MIB),
                settings.get(LocalToolSettings.CODE_RUNNER_DISK_MIB),
                settings.get(LocalToolSettings.CODE_RUNNER_PROCESSES),
                settings.get(LocalToolSettings.CODE_RUNNER_MAX_TIME));
    }

    private static List<Path> roots(Settings settings) throws ToolException {
        List<Path> roots = new ArrayList<>();
        for (String text : settings.find(LocalToolSettings.FILE_ROOTS).orElse(List.of())) {
            Path root = Path.of(text);
            if (!root.isAbsolute()) {
                throw ToolException.failed("file_roots must name folders by absolute paths, not '" + text + "'.");
            }
            roots.add(root);
        }
        return roots;
    }
}
