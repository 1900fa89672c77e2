package io.pipecat.llm.local;

import io.pipecat.api.NodeContext;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMProvider;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.llm.LLMSource;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.llm.local.chat.Dialects;
import io.pipecat.llm.local.engine.Host;
import io.pipecat.llm.local.engine.LoadedModel;
import io.pipecat.llm.local.engine.ModelRegistry;
import io.pipecat.llm.local.engine.ThisHost;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs a GGUF model in this process. A process holds one model until it ends: a second service on the same file shares it, one on
 * another file is refused. Start the JVM with {@code --enable-native-access=llama}; the native library leaves a thread that is no
 * daemon, so an application ends by {@link System#exit}.
 */
public final class LocalLLMProvider implements LLMProvider {

    /** Makes the provider; loads nothing. */
    public LocalLLMProvider() {}

    @Override
    public String name() {
        return "local";
    }

    @Override
    public List<SettingSpec<?>> settings() {
        return LocalSettings.ALL;
    }

    @Override
    public boolean supports(LLMSource source) {
        return source instanceof LLMSource.InProcess;
    }

    /** {@inheritDoc} The model is loaded here, unless this process holds it already. */
    @Override
    public LLMService create(LLMSource source, NodeContext context) throws LLMException, InterruptedException {
        if (!(source instanceof LLMSource.InProcess inProcess)) {
            throw new LLMException(
                    LLMException.Reason.UNUSABLE,
                    "The provider 'local' runs model files in this process and cannot serve " + source + ".");
        }
        LocalSettings settings = new LocalSettings(context.settings());
        Host host = ThisHost.describe();
        Path file = inProcess.model().toAbsolutePath();
        LoadedModel model = ModelRegistry.OF_PROCESS.open(
                file,
                host,
                context.stateDir(),
                header ->
                        settings.loadOptions(header, host, Runtime.getRuntime().availableProcessors()));
        return new LocalLLMService(model, Dialects.of(model.header(), model::applyTemplate), settings);
    }
}
